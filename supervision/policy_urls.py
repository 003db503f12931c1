"""The addresses of the policies as they are made, published and looked back with."""

from django.urls import path

from supervision.views import policy_editing as views

app_name = "policies"

urlpatterns = [
    path("", views.policies, name="list"),
    path("nieuw/", views.policy_start, name="start"),
    path("bevriezen/", views.half_year_freeze, name="freeze"),
    path("bevroren/<int:pk>/opheffen/", views.half_year_lift, name="lift"),
    path("<int:pk>/", views.policy_edit, name="edit"),
    path("<int:pk>/vaststellen/", views.policy_publish, name="publish"),
    path("<int:pk>/weggooien/", views.policy_discard, name="discard"),
    path("<int:pk>/terugkijken/", views.policy_replay, name="replay"),
]
