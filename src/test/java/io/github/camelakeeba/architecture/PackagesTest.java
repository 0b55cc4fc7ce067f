package io.github.camelakeeba.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shape of the code, kept by the build so that nobody has to. */
class PackagesTest {
  private static final String ROOT = "io.github.camelakeeba.";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.camelakeeba");

  private static String[] packages(String... names) {
    return java.util.Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  @Test
  void nobody_depends_on_the_command_line() {
    // embed is the other way to start it all, and the wiring is in cli
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("cli", "embed"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("cli"))
        .check(MAIN);
  }

  @Test
  void the_simulated_site_is_used_by_the_demo_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("demo"))
        .and()
        .haveSimpleNameNotStartingWith("Demo")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("demo"))
        .check(MAIN);
  }

  @Test
  void the_protocol_knows_nothing_of_runs() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("akeeba"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("run", "notify", "cli", "demo"))
        .check(MAIN);
  }

  @Test
  void the_simulated_site_knows_nothing_of_the_product() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("demo"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("akeeba", "run", "notify", "cli", "site"))
        .check(MAIN);
  }

  @Test
  void only_the_command_line_prints() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
    rule.check(MAIN);
  }

  @Test
  void names_say_what_a_class_is() {
    classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Manager|Helper|Impl|Abstract\\w+)")
        .check(MAIN);
  }

  @Test
  void no_text_depends_on_the_locale_of_the_machine() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
        .orShould()
        .callMethod(NumberFormat.class, "getInstance")
        .orShould()
        .callMethod(NumberFormat.class, "getIntegerInstance")
        .orShould()
        .callMethod(NumberFormat.class, "getNumberInstance")
        .orShould()
        .callMethod(NumberFormat.class, "getPercentInstance")
        .orShould()
        .callConstructor(DecimalFormat.class, String.class)
        .orShould()
        .callConstructor(SimpleDateFormat.class, String.class)
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(MAIN);
  }

  /**
   * {@code %s} writes a number as {@code String.valueOf} does; {@code %d}, {@code %f} and the like
   * write it in the digits of the locale, and so stand behind {@code Locale.ROOT} only.
   */
  @Test
  void no_number_is_formatted_by_the_locale_of_the_machine() throws IOException {
    Pattern literal = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    Pattern number = Pattern.compile("(?<!%)(%%)*%[-#+0,(]*[0-9]*(\\.[0-9]+)?[dfeEgGtT]");
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        Matcher literals = literal.matcher(text);
        while (literals.find()) {
          String before = text.substring(Math.max(0, literals.start() - 200), literals.start());
          if (number.matcher(literals.group()).find()
              && !before.matches("(?s).*ormat\\([^;]*Locale\\.(ROOT|ENGLISH),[^;]*")) {
            found.add(file + ": " + literals.group());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** A class is as long as what stands below its imports. */
  private static long length(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
        .count();
  }

  @Test
  void no_class_is_long() throws IOException {
    Map<Path, Long> lines = new TreeMap<>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("package-info.java")) {
          lines.put(file, length(file));
        }
      }
    }
    assertThat(lines)
        .allSatisfy((file, count) -> assertThat(count).as("%s", file).isLessThanOrEqualTo(400));
  }
}
