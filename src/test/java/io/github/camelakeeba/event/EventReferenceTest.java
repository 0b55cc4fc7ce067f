package io.github.camelakeeba.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference pages of the event say what the code does. */
class EventReferenceTest {
  private static final Path REFERENCE = SampleBackup.PROJECT.resolve("docs/reference");

  private final EventJson json = new EventJson();

  @Test
  void every_event_follows_the_schema() throws IOException {
    for (Event event :
        List.of(
            SampleBackup.started(),
            SampleBackup.completed(),
            SampleBackup.warning("w".repeat(5000)),
            SampleBackup.failed("f".repeat(5000)))) {
      assertThat(faults(json.write(event))).as(event.type()).isEmpty();
    }
  }

  @Test
  void the_schema_refuses_what_is_no_event() throws IOException {
    String good = json.write(SampleBackup.completed());
    assertThat(faults(good.replace("\"state\":\"completed\"", "\"state\":\"fine\""))).isNotEmpty();
    assertThat(faults(good.replace("\"parts\":2", "\"parts\":\"2\""))).isNotEmpty();
    assertThat(faults("{}")).isNotEmpty();
  }

  @Test
  void the_schema_names_every_member_and_no_other() throws IOException {
    JsonNode properties = schema().path("properties");
    JsonNode data = properties.path("data").path("properties");
    assertThat(names(properties)).isEqualTo(members(Event.class));
    assertThat(names(data)).isEqualTo(members(Event.Data.class));
    assertThat(names(data.path("warnings").path("properties")))
        .isEqualTo(members(Event.Warnings.class));
    assertThat(names(data.path("error").path("properties"))).isEqualTo(members(Event.Error.class));
  }

  @Test
  void the_page_names_every_member() throws IOException {
    String page = Files.readString(REFERENCE.resolve("event.md"));
    for (String member : members(Event.class)) {
      assertThat(page).contains("\n| `" + member + "` |");
    }
    for (String member : members(Event.Data.class)) {
      assertThat(page).contains("\n| `" + member + "` |");
    }
  }

  @Test
  void page_and_schema_name_every_kind_of_error() throws IOException {
    String page = Files.readString(REFERENCE.resolve("event.md"));
    String schema = Files.readString(REFERENCE.resolve("event.schema.json"));
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(page).contains("`" + kind.word() + "`");
      assertThat(schema).contains("\"" + kind.word() + "\"");
    }
  }

  @Test
  void the_example_of_the_page_is_an_event() throws IOException {
    String page = Files.readString(REFERENCE.resolve("event.md"));
    String example = page.split("```json\n")[1].split("\n```")[0];
    assertThat(faults(example)).isEmpty();
    assertThat(json.read(example)).isEqualTo(SampleBackup.failed("The disk is full"));
  }

  private static List<String> faults(String event) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(REFERENCE.resolve("event.schema.json")));
    return schema.validate(event, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static JsonNode schema() throws IOException {
    return new ObjectMapper().readTree(REFERENCE.resolve("event.schema.json").toFile());
  }

  private static List<String> names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> members(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            one ->
                one.getType() == Event.Proof.class // its members stand among the others
                    ? members(Event.Proof.class).stream()
                    : Stream.of(one.getName()))
        .toList();
  }
}
