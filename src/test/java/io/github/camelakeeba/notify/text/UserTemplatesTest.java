package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class UserTemplatesTest {
  @TempDir Path home;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectories(home.resolve("config/templates"));
  }

  @Test
  void the_built_in_ones_are_those_of_the_folder_and_all_work() throws IOException {
    try (Stream<Path> files = Files.list(SampleBackup.PROJECT.resolve("config/templates"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(BuiltInTemplates.names());
    }
    Templates builtIn = new Templates(SampleBackup.PROJECT);
    for (String kind : BuiltInTemplates.KINDS) {
      for (String name : BuiltInTemplates.forKind(kind)) {
        for (Map<String, Object> facts :
            List.of(SampleModels.full(kind), SampleModels.minimal(kind))) {
          assertThat(builtIn.userTemplateError(name, facts, Templates::emptyTextError))
              .as(name)
              .isNull();
        }
      }
    }
  }

  @Test
  void a_copy_of_all_built_in_ones_is_nothing_to_speak_of() throws IOException {
    for (String name : BuiltInTemplates.names()) {
      Files.copy(
          SampleBackup.PROJECT.resolve("config/templates").resolve(name), folder.resolve(name));
    }
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_changed_copy_of_each_works() throws IOException {
    for (String name : BuiltInTemplates.names()) {
      String text =
          Files.readString(SampleBackup.PROJECT.resolve("config/templates").resolve(name));
      override(name, name.endsWith(".ftlj") ? "\n" + text : "<#-- mine -->\n" + text);
    }
    assertThat(problems()).isEmpty();
  }

  @Test
  void templates_are_overridden_one_by_one() throws IOException {
    override("subject-failed.ftl", "Sicherung ${site}: ${state}");
    MailRenderer.RenderedMail written = write(SampleBackup.failed("no"));
    assertThat(written.subject()).isEqualTo("Sicherung shop: failed");
    assertThat(written.text()).startsWith("The backup of shop failed.");
    assertThat(write(SampleBackup.completed()).subject()).startsWith("[completed] shop");
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_shared_part_is_overridden_for_all() throws IOException {
    override("opening.ftl", "Größe: ${headline}\n\n");
    assertThat(write(SampleBackup.failed("no")).text())
        .startsWith("Größe: The backup of shop failed.");
    assertThat(write(SampleBackup.completed()).text()).startsWith("Größe: The backup of shop is");
    assertThat(problems()).isEmpty();
  }

  @Test
  void an_own_template_may_use_built_in_parts_and_parts_of_its_own() throws IOException {
    override("my-greeting.ftl", "Hello!");
    override(
        "text-completed.ftl",
        "<#include \"my-greeting.ftl\"> ${headline}\n<#include \"rows.ftl\"><#include \"table.ftl\">");
    assertThat(write(SampleBackup.completed()).text())
        .startsWith("Hello! The backup of shop is complete.\nSite:        shop");
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_broken_one_is_told_with_line_and_reason_and_the_built_in_one_is_used() throws IOException {
    override("subject-failed.ftl", "fine\n<#if broken");
    override("text-failed.ftl", "one\ntwo ${nosuchfact}");
    override("html-failed.ftlh", " \n");
    override("chat-failed.ftl", "<#include \"gone.ftl\">");
    override("headline.ftl", "<#macro a><@a/></#macro><@a/>");
    override("table.ftl", "<#list 1.. as x>endless</#list>");
    assertThat(problems())
        .hasSize(6)
        .anyMatch(
            text ->
                text.matches(
                    "config/templates/subject-failed.ftl: line 2: .*; the built-in one is used"))
        .anyMatch(text -> text.matches("config/templates/text-failed.ftl: line 2: .*nosuchfact.*"))
        .contains(
            "config/templates/html-failed.ftlh: gives an empty text; the built-in one is used",
            "config/templates/headline.ftl: includes or calls itself without end; the built-in one is used",
            "config/templates/table.ftl: writes more than 16000000 characters; the built-in one is used")
        .anyMatch(
            text ->
                text.startsWith("config/templates/chat-failed.ftl: line 1: ")
                    && text.contains("gone.ftl"))
        .allMatch(text -> !text.contains("\n") && text.length() < 500);
    MailRenderer.RenderedMail written = write(SampleBackup.failed("The disk is full"));
    assertThat(written.subject()).isEqualTo("[failed] shop: The disk is full");
    assertThat(written.text())
        .startsWith("The backup of shop failed.")
        .contains("Site:        shop");
    assertThat(written.html()).contains("<!DOCTYPE html>");
    assertThat(
            new ChatRenderer(SampleBackup.wording(home)).apply(SampleBackup.failed("no")).title())
        .isEqualTo("[failed] shop: no");
  }

  @Test
  void a_broken_part_does_not_take_good_ones_with_it() throws IOException {
    override("rows.ftl", "<#assign rows = 5>");
    override("text-failed.ftl", "Mine. <#include \"rows.ftl\"><#include \"table.ftl\">");
    assertThat(problems()).singleElement().asString().startsWith("config/templates/rows.ftl: ");
    assertThat(write(SampleBackup.failed("no")).text())
        .startsWith("Mine.")
        .contains("Site:        shop");
  }

  @Test
  void what_is_not_known_in_every_message_is_told_and_costs_only_those() throws IOException {
    override("text-failed.ftl", "Next: ${nextRun}");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("config/templates/text-failed.ftl: line 1: ")
        .endsWith("in a message where that is not known; the built-in one is used for such");
    assertThat(write(SampleBackup.failed("no")).text()).startsWith("Next: 23 November");
    MessageRenderer bare =
        new MessageRenderer(home, Map.of(), site -> java.util.Optional.empty(), site -> List.of());
    assertThat(new MailRenderer(bare).render(SampleBackup.failed("no")).text())
        .startsWith("The backup of shop failed.");
  }

  @Test
  void a_chats_payload_that_is_no_json_is_told() throws IOException {
    override("slack.ftlj", "{\"text\": ${title}}");
    assertThat(problems()).singleElement().asString().startsWith("config/templates/slack.ftlj: ");
  }

  @Test
  void a_file_that_no_message_uses_is_told_with_the_nearest_name() throws IOException {
    override("html-faild.ftlh", "x");
    override("notes.txt", "x");
    override(".hidden", "x");
    override("text-failed.ftl~", "x");
    override("hook.ftlj", "{}");
    Files.createDirectories(folder.resolve("old"));
    Channel.Webhook hook =
        new Channel.Webhook(
            "hook",
            new Secret("https://erp.example.com/in"),
            SignatureSettings.NONE,
            Map.of(),
            Path.of("config/templates/hook.ftlj"));
    assertThat(SampleBackup.wording(home).problems(List.of(hook)))
        .containsExactly(
            "config/templates/html-faild.ftlh: no message uses it; did you mean html-failed.ftlh?",
            "config/templates/notes.txt: no message uses it");
    assertThat(problems())
        .anyMatch(text -> text.startsWith("config/templates/hook.ftlj: no message"));
  }

  @Test
  void one_that_breaks_while_the_service_runs_loses_no_message() throws IOException {
    override("text-failed.ftl", "Good.");
    MailRenderer texts = SampleBackup.texts(home);
    override("text-failed.ftl", "${broken");
    assertThat(texts.render(SampleBackup.failed("no")).text())
        .startsWith("The backup of shop failed.");
  }

  @Test
  void a_template_cannot_call_java_or_read_files() throws IOException {
    List<String> attacks =
        List.of(
            "${'freemarker.template.utility.Execute'?new()('id')}",
            "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File','x')}",
            "${site?api.class}",
            "${site.class.name}",
            "${warnings.texts.getClass()}",
            "<#include \"../sites.yaml\" parse=false>",
            "<#include \"/etc/passwd\" parse=false>");
    Files.writeString(home.resolve("config/sites.yaml"), "secret");
    for (String attack : attacks) {
      override("text-completed.ftl", attack);
      assertThat(problems()).as(attack).hasSize(1);
      assertThat(write(SampleBackup.completed()).text())
          .as(attack)
          .startsWith("The backup of shop is complete.");
    }
  }

  @Test
  void a_test_is_marked_though_the_own_template_does_not_say_so() throws IOException {
    override("text-failed.ftl", "Mine.");
    override("subject-failed.ftl", "Mine.");
    override("chat-failed.ftl", "Mine.");
    MailRenderer.RenderedMail written = write(SampleBackup.failed("no").asTest());
    assertThat(written.text()).isEqualTo("[TEST] Mine.");
    assertThat(written.subject()).isEqualTo("[TEST] Mine.");
    assertThat(
            new ChatRenderer(SampleBackup.wording(home))
                .apply(SampleBackup.failed("no").asTest())
                .title())
        .isEqualTo("[TEST] Mine.");
  }

  @Test
  void when_no_template_works_the_bare_facts_go_out() {
    Map<String, Object> facts = SampleModels.full("failed");
    facts.put("state", "of a newer version");
    MessageRenderer texts = SampleBackup.wording(home);
    List<String> made = new ArrayList<>();
    made.add(texts.render("text-newer.ftl", facts, () -> FallbackText.text(facts)));
    made.add(texts.render("html-newer.ftlh", facts, () -> FallbackText.html(facts)));
    assertThat(made.get(0))
        .startsWith("[of a newer version] test\n\n")
        .contains("The disk is full");
    assertThat(made.get(1)).contains("&lt;1 MB&gt;").doesNotContain("<1 MB>");
  }

  private List<String> problems() {
    return SampleBackup.wording(home).problems(List.of());
  }

  private MailRenderer.RenderedMail write(Notification message) {
    return SampleBackup.texts(home).render(message);
  }

  private void override(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
