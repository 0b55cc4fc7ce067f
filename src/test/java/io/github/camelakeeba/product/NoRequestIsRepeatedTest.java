package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.demo.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in an answer's place: the request is sent once, and the run ends failed. */
class NoRequestIsRepeatedTest {
  @RegisterExtension static final Sites SITES = new Sites(50, "stepTimeout: 1s");

  /** A request that meets a fault: the nth of its method. */
  private record Place(String method, int nth) {
    @Override
    public String toString() {
      return method + " " + nth;
    }
  }

  private record Case(String name, UnaryOperator<Fault> fault, String kind, String sentence) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> cases() {
    List<Place> places =
        List.of(
            new Place("getProfiles", 1),
            new Place("listBackups", 1),
            new Place("startBackup", 1),
            new Place("stepBackup", 3),
            new Place("stepBackup", 5));
    List<Case> faults =
        List.of(
            new Case("HTTP 503", Fault::html503, "unreachable", "HTTP 503"),
            new Case("HTTP 429", fault -> fault.status429(1), "unreachable", "HTTP 429"),
            new Case("reset", Fault::reset, "unreachable", "broke the connection off"),
            new Case("answer lost", Fault::answerLost, "unreachable", "broke the connection off"),
            new Case("closed", Fault::closeWithoutAnswer, "unreachable", "broke the connection"),
            new Case("empty body", Fault::emptyBody, "unreachable", "an empty body"),
            new Case("half a body", Fault::truncate, "unreachable", "broke the connection off"),
            new Case("half the chunks", Fault::truncateChunks, "unreachable", "broke the connec"),
            new Case("HTML", Fault::html200, "unreachable", "Error establishing a database"),
            new Case(
                "no answer in time",
                fault -> fault.delayAnswer(Duration.ofSeconds(10)),
                "timeout",
                "within 1 s (stepTimeout)"));
    return places.stream()
        .flatMap(place -> faults.stream().map(fault -> Arguments.of(place, fault)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void exactly_one_request_arrives_and_nothing_comes_after_it(Place place, Case fault) {
    Sites.Taken shop = SITES.take();
    shop.site().fault(fault.fault().apply(Fault.on(place.method()).nth(place.nth())));

    assertThat(shop.failure(fault.kind()))
        .contains(fault.sentence())
        .matches("[A-Z1].*[.]")
        .doesNotContain(Product.SECRET);
    assertThat(shop.site().requests(place.method())).hasSize(place.nth());
    assertThat(shop.methods()).last().isEqualTo(place.method());
    assertThat(shop.site().violations()).isEmpty();
  }
}
