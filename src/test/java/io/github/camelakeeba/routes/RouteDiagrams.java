package io.github.camelakeeba.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Pictures of route files as activity diagrams in the language of PlantUML, which {@code
 * docs/diagrams.sh} draws; {@link RouteDiagramsTest} holds them to the routes.
 */
final class RouteDiagrams {
  /** The files that have a picture in {@code docs/diagrams}. */
  static final List<String> DRAWN = List.of("backup", "outcome", "dispatch");

  private static final Path FOLDER = Path.of("docs/diagrams");
  private static final int MAX_LINE = 46;

  private final StringBuilder text = new StringBuilder();

  private RouteDiagrams() {}

  /** Writes the text of each picture to {@code docs/diagrams}. */
  public static void main(String[] args) throws IOException {
    for (String name : DRAWN) {
      Files.writeString(source(name), of(RouteFile.of(name)));
    }
  }

  static Path source(String name) {
    return FOLDER.resolve(name + ".puml");
  }

  static Path picture(String name) {
    return FOLDER.resolve(name + ".svg");
  }

  /** The picture of a file, one partition a route. */
  static String of(RouteFile file) {
    RouteDiagrams diagram = new RouteDiagrams();
    diagram.line("@startuml");
    diagram.line("skinparam defaultFontName sans-serif");
    diagram.line("skinparam partitionBorderColor #888888");
    file.parts().forEach(diagram::part);
    diagram.line("@enduml");
    return diagram.text.toString();
  }

  private void part(RouteFile.Part part) {
    line(
        "partition \"**%s**\\n%s\" {",
        part.id(), wrapped(part.node().path("description").asText()));
    line("start");
    line(":from %s;", part.node().at("/from/uri").asText());
    steps(part.node().at("/from/steps"));
    line("stop");
    line("}");
  }

  private void steps(JsonNode steps) {
    for (JsonNode step : steps) {
      Map.Entry<String, JsonNode> entry = step.properties().iterator().next();
      step(entry.getKey(), entry.getValue());
    }
  }

  private void step(String kind, JsonNode node) {
    switch (kind) {
      case "bean" ->
          line("#EAF2FB:%s.%s;", node.path("ref").asText(), node.path("method").asText());
      case "to", "toD" -> line("#E6F4E6:%s;", to(node));
      case "setBody", "setVariable", "setHeader" -> line(":%s;", set(kind, node));
      case "log" -> line("#F5F5F5:log: %s;", wrapped(node.path("message").asText()));
      case "loop" -> loop("while " + expression(node), node);
      case "split" -> loop("for each of " + expression(node), node);
      case "filter" -> {
        line("if (%s) then (yes)", wrapped(expression(node)));
        steps(node.path("steps"));
        line("endif");
      }
      case "choice" -> choice(node);
      case "policy" -> group("in " + node.path("ref").asText(), node);
      case "doTry" -> doTry(node);
      default -> line(":%s;", wrapped(kind + " " + expression(node)));
    }
  }

  private void loop(String condition, JsonNode node) {
    line("while (%s) is (yes)", wrapped(condition));
    steps(node.path("steps"));
    line("endwhile (no)");
  }

  private void choice(JsonNode node) {
    String word = "if";
    for (JsonNode when : node.path("when")) {
      line("%s (%s) then (yes)", word, wrapped(expression(when)));
      steps(when.path("steps"));
      word = "elseif";
    }
    if (node.has("otherwise")) {
      line("else (otherwise)");
      steps(node.at("/otherwise/steps"));
    }
    line("endif");
  }

  private void doTry(JsonNode node) {
    group("try", node);
    for (JsonNode caught : node.path("doCatch")) {
      String types =
          caught
              .path("exception")
              .valueStream()
              .map(RouteDiagrams::simpleName)
              .collect(Collectors.joining(", "));
      line("if (failed with %s?) then (yes)", types);
      steps(caught.path("steps"));
      line("endif");
    }
    if (node.has("doFinally")) {
      group("finally", node.path("doFinally"));
    }
  }

  private void group(String title, JsonNode node) {
    line("partition \"%s\" {", title);
    steps(node.path("steps"));
    line("}");
  }

  private static String to(JsonNode node) {
    String id = node.path("id").asText();
    String receive = node.path("variableReceive").asText();
    return (id.isEmpty() ? node.path("uri").asText() : id)
        + (receive.isEmpty() ? "" : "\n-> " + receive);
  }

  private static String set(String kind, JsonNode node) {
    String name = node.path("name").asText();
    return wrapped((name.isEmpty() ? kind : name) + " = " + expression(node));
  }

  /** Of a step or a branch: a method of a bean, or what Simple is given. */
  private static String expression(JsonNode node) {
    JsonNode expression = node.path("expression");
    JsonNode method = expression.path("method");
    return method.isMissingNode()
        ? expression.findValuesAsText("expression").stream().findFirst().orElse("")
        : method.path("ref").asText() + "." + method.path("method").asText();
  }

  private static String simpleName(JsonNode type) {
    return type.asText().replaceFirst(".*\\.", "");
  }

  /** Broken at blanks, since a picture has no scroll bar. */
  private static String wrapped(String sentence) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : sentence.split(" ")) {
      if (length > 0 && length + word.length() > MAX_LINE) {
        lines.append("\\n");
        length = 0;
      } else if (length > 0) {
        lines.append(' ');
      }
      lines.append(word);
      length += word.length() + 1;
    }
    return lines.toString();
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }
}
