import java.io.File;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** One line per file and flavour: flavour, "compliant" or "fails", path, and what failed. */
public class Judge {
    private static final String[] FLAVOURS = {"3a", "ua1"};

    public static void main(String[] paths) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String path : paths) {
            for (String id : FLAVOURS) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    String failed = result.getTestAssertions().stream()
                            .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
                            .map(each -> each.getRuleId().getClause() + " " + each.getMessage().replaceAll("\\s+", " "))
                            .distinct()
                            .collect(Collectors.joining("; "));
                    String verdict = result.isCompliant() ? "compliant" : "fails";
                    System.out.println(String.join("\t", id, verdict, path, failed));
                }
            }
        }
    }
}
