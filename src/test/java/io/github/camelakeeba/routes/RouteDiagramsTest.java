package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.secret.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteDiagramsTest {
  static List<String> drawn() {
    return RouteDiagrams.DRAWN;
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void the_picture_shows_the_route_as_it_is(String name) throws IOException {
    Path source = RouteDiagrams.source(name);

    assertThat(source).as("run docs/diagrams.sh").hasContent(RouteDiagrams.of(RouteFile.of(name)));
    assertThat(Files.readString(RouteDiagrams.picture(name)))
        .as("run docs/diagrams.sh")
        .contains("sha256 " + Sha256.hex(Files.readAllBytes(source)));
  }
}
