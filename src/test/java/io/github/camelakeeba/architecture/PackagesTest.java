package io.github.camelakeeba.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.camelakeeba.Internal;
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
      new ClassFileImporter().importPath(Path.of("target/classes"));

  private static String[] packages(String... names) {
    return java.util.Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  @Test
  void the_library_knows_neither_the_program_nor_the_simulated_site() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("app", "simulator"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("app", "simulator"))
        .check(MAIN);
  }

  /** An application that embeds the library has none of these, and no class of ours may ask. */
  @Test
  void the_library_imports_nothing_that_only_the_program_brings() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("app", "simulator"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "picocli..",
            "org.eclipse.jetty..",
            "org.apache.logging.log4j..",
            "com.icegreen..",
            "me.tongfei..",
            "org.h2..")
        .check(MAIN);
  }

  @Test
  void the_simulated_site_is_used_by_the_demo_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("simulator", "app.demo"))
        .and()
        .doNotHaveSimpleName("DemoCommand")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("simulator"))
        .check(MAIN);
  }

  @Test
  void the_protocol_knows_nothing_of_runs() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("akeeba"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("run", "backup", "notify", "service", "app", "simulator"))
        .check(MAIN);
  }

  @Test
  void the_simulated_site_knows_nothing_of_the_product() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("simulator"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.github.camelakeeba..")
                .and(resideOutsideOfPackages(packages("simulator")))
                .and(not(equivalentTo(Internal.class))))
        .check(MAIN);
  }

  @Test
  void only_the_program_prints() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("app"))
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
        .haveNameNotMatching(".*(Util|Utils|(?<!Trust)Manager|Helper|Impl|Abstract\\w+)")
        .check(MAIN);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void a_package_has_at_most_26_classes_and_one_sentence() throws IOException {
    Map<Path, Long> classes = new TreeMap<>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  classes.merge(
                      file.getParent(), file.endsWith("package-info.java") ? 0L : 1L, Long::sum));
    }
    assertThat(classes)
        .allSatisfy(
            (folder, count) -> {
              assertThat(count).as("%s", folder).isLessThanOrEqualTo(26);
              assertThat(folder.resolve("package-info.java")).exists();
            });
  }

  /** What an application that embeds the module may use; everything else is marked internal. */
  @Test
  void what_is_public_is_the_api_or_marked_as_internal() {
    assertThat(
            MAIN.stream()
                .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(one -> one.getEnclosingClass().isEmpty())
                .filter(one -> !one.getPackageName().startsWith(ROOT + "simulator"))
                .filter(one -> !one.isAnnotatedWith(Internal.class))
                .filter(one -> !one.getPackage().isAnnotatedWith(Internal.class))
                .map(JavaClass::getFullName))
        .containsExactlyInAnyOrder(
            ROOT + "Internal",
            ROOT + "embed.BackupModule",
            ROOT + "config.ConfigurationException",
            ROOT + "run.RunRefusedException",
            ROOT + "event.Event");
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
