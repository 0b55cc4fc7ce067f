package io.github.camelakeeba.secret;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What of the program a user adds as a kit, a zip that is unpacked into {@code lib/}: the
 * components of Camel in it, and the packages of its classes.
 */
public enum ComponentKit {
  KAFKA(List.of("kafka"), List.of("org.apache.camel.component.kafka.", "org.apache.kafka.")),
  JMS(
      List.of("jms", "amqp"),
      List.of(
          "org.apache.camel.component.jms.",
          "org.apache.activemq.artemis.",
          "org.apache.qpid.jms.",
          "org.messaginghub.pooled.jms.")),
  FTP(List.of("ftp", "ftps", "sftp"), List.of("org.apache.camel.component.file.remote.")),
  S3(List.of("s3"), List.of("software.amazon.awssdk."));

  private final List<String> components;
  private final List<String> packages;

  ComponentKit(List<String> components, List<String> packages) {
    this.components = components;
    this.packages = packages;
  }

  /** What to do about a component that is not there. */
  public static String howToAddComponent(String name) {
    return howToAdd(kit -> kit.components.contains(name));
  }

  /** What to do about a class that is not there. */
  public static String howToAddClass(String name) {
    return howToAdd(kit -> kit.packages.stream().anyMatch(name::startsWith));
  }

  private static String howToAdd(Predicate<ComponentKit> having) {
    String kit =
        Arrays.stream(values())
            .filter(having)
            .map(one -> " (all are in the kit %s)".formatted(one.name().toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse("");
    return "put its jar, and those that it needs%s, into lib/".formatted(kit);
  }
}
