import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

/** Reads lines "profile TAB file" and prints for each, on a line of its own, how many rules the
 *  profile has, how many checks were made, "pass" or "fail", and the rules that were broken. A
 *  profile is "ua1" or "3a". What cannot be read at all is "unreadable". */
public class Judge {
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // the library talks too
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null;) {
            String[] parts = line.split("\t");
            out.println(judge(PDFAFlavour.fromString(parts[0]), parts[1]));
            out.flush();
        }
    }

    private static String judge(PDFAFlavour flavour, String file) {
        int rules = Profiles.getVeraProfileDirectory().getValidationProfileByFlavour(flavour).getRules().size();
        try (InputStream bytes = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion a : result.getTestAssertions())
                if (a.getStatus() == TestAssertion.Status.FAILED)
                    broken.add(a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber());
            return rules + " " + result.getTotalAssertions() + " " + (result.isCompliant() ? "pass" : "fail")
                + (broken.isEmpty() ? "" : " " + String.join(" ", broken));
        } catch (Exception e) {
            return rules + " 0 unreadable " + e.getClass().getSimpleName();
        }
    }
}
