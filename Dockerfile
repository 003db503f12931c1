# Three stages: the npm packages with styles and fonts, the Python packages with the collected static files, and what runs.

FROM node:22-bookworm-slim AS styles
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund


# The Python that the tests run on.
FROM python:3.11-slim-bookworm AS builder
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
COPY --from=styles /app/node_modules node_modules
RUN SECRET_KEY=only-for-collecting python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf var && python -m compileall -q .


FROM python:3.11-slim-bookworm
# Debian's security updates come with a rebuild; a pinned version would be gone from the archive by then.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin trede
WORKDIR /app
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
# fontconfig keeps a cache, and the user has no home.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache
USER 10001
EXPOSE 8000
# Asked under a name that the site answers to.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import os; from urllib.request import Request, urlopen; urlopen(Request('http://127.0.0.1:8000/gezond/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=4)"]
# Processes and not threads, and new ones now and then: WeasyPrint does not give all memory back. WEB_CONCURRENCY sets how many.
# The log names the page and no person: no address, no browser, no query.
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=sync", "--max-requests=500", "--max-requests-jitter=100", \
    "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-", "--access-logformat=%(m)s %(U)s %(s)s %(M)sms", "ibt.wsgi"]
