package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.routes.RouteFile.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host's routes name of ours is there, under the name that it has always had. */
class PublishedRoutesTest {
  private static final Path LIST = Path.of("src/test/resources/api/published-routes.txt");
  private static final Path PAGES = Path.of("docs/how-to");

  /** A line of the list: {@code direct}, {@code template} or {@code kamelet}. */
  record Published(String kind, String name, List<String> properties, String usedBy) {
    static Published read(String line) {
      String[] halves = line.split("[|]");
      String[] words = halves[0].strip().split(" +");
      List<String> properties =
          words.length < 3 ? List.of() : Arrays.stream(words[2].split(",")).toList();
      return new Published(words[0], words[1], properties, halves[1].strip());
    }

    /** What whoever takes it away should read. */
    String sentence(String what) {
      return "%s is API, used by %s (%s): %s. Keep the name, and let it lead to the new route."
          .formatted(this, usedBy, LIST, what);
    }

    @Override
    public String toString() {
      return kind.equals("direct") ? "direct:" + name : "the " + kind + " " + name;
    }
  }

  static Stream<Published> published() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Published::read);
  }

  @ParameterizedTest
  @MethodSource("published")
  void a_published_name_stays(Published name) {
    switch (name.kind()) {
      case "direct" ->
          assertThat(parts("route").map(part -> part.node().path("from").path("uri").asText()))
              .as(name.sentence("no route takes from it"))
              .contains("direct:" + name.name());
      case "template" ->
          assertThat(parts("routeTemplate").map(Part::id))
              .as(name.sentence("no routeTemplate has this id"))
              .contains(name.name());
      default ->
          assertThat(kamelets().map(one -> one.path("metadata").path("name").asText()))
              .as(name.sentence("no Kamelet has this name"))
              .contains(name.name());
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void a_published_kamelet_keeps_its_properties(Published name) {
    kamelets()
        .filter(one -> one.path("metadata").path("name").asText().equals(name.name()))
        .forEach(
            one -> {
              List<String> properties = new ArrayList<>();
              Iterator<String> names =
                  one.path("spec").path("definition").path("properties").fieldNames();
              names.forEachRemaining(properties::add);
              assertThat(properties)
                  .as(name.sentence("a property is missing"))
                  .containsAll(name.properties());
              assertThat(name.properties())
                  .as("%s has a property that %s does not list: add it", name, LIST)
                  .containsAll(properties);
            });
  }

  @Test
  void every_kamelet_is_published() throws IOException {
    assertThat(published().filter(one -> one.kind().equals("kamelet")).map(Published::name))
        .as("a Kamelet is API as soon as it is shipped: add it to %s", LIST)
        .containsAll(kamelets().map(one -> one.path("metadata").path("name").asText()).toList());
  }

  @Test
  void what_the_page_for_hosts_names_is_published() throws IOException {
    String page = Files.readString(PAGES.resolve("use-in-your-camel-application.md"));
    TreeSet<String> named = new TreeSet<>();
    Pattern.compile("direct:((?:backup|akeeba)-[a-z-]+)")
        .matcher(page)
        .results()
        .map((MatchResult result) -> result.group(1))
        .forEach(named::add);
    assertThat(named).isNotEmpty();
    assertThat(published().filter(one -> one.kind().equals("direct")).map(Published::name))
        .as("a name that the page gives to hosts is API: add it to %s", LIST)
        .containsAll(named);
  }

  @Test
  void the_page_for_those_who_change_a_route_names_what_has_to_stay() throws IOException {
    String page = Files.readString(PAGES.resolve("change-a-route.md"));
    assertThat(published().filter(one -> !one.kind().equals("kamelet")))
        .allSatisfy(
            one ->
                assertThat(page)
                    .as("change-a-route.md, What to leave as it is: %s", one)
                    .containsPattern("`(direct:)?" + one.name() + "`"));
  }

  private static Stream<Part> parts(String kind) {
    return RouteFile.all()
        .flatMap(file -> file.parts().stream())
        .filter(part -> part.kind().equals(kind));
  }

  private static Stream<JsonNode> kamelets() {
    return RouteFile.kamelets().map(file -> file.tree().get(0));
  }
}
