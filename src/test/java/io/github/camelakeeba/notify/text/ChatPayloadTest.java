package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.SampleDigests;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.RecordingHttpServer;
import io.github.camelakeeba.notify.channel.SampleHttpChannels;
import io.github.camelakeeba.notify.channel.ShippedRoute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What each chat is told: well-formed, within its limits, and nothing in a text is a command. */
@Tag("slow")
class ChatPayloadTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String NASTY =
      "quote \" apostrophe ' back\\slash \n<script>alert(1)</script> ${7+7} ${body} {{sys:user.home}}"
          + " <#assign x = 1>${x} %n %s &amp; \uD83D\uDE80\u202Eevil\u202C \u200Fmark \0 \u0007 \u2028";
  static final List<String> CHATS = SampleHttpChannels.CHATS;
  static final Collection<Notification> KINDS = MinimalMessages.BY_KIND.values();

  @TempDir Path home;

  private final RecordingHttpServer server = new RecordingHttpServer();
  private ShippedRoute route;

  @AfterEach
  void stop() {
    server.close();
    if (route != null) {
      route.close();
    }
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void title_and_text_of_every_kind_of_message_arrive(String type) throws Exception {
    start(type, SampleHttpChannels::text);
    for (Notification message : KINDS) {
      ChatText text = SampleHttpChannels.text(message);
      String shown =
          shown(type, sent(message)).replace("\\", "").replace("&lt;", "<").replace("&gt;", ">");
      assertThat(shown).contains(text.title()).contains(text.text());
    }
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void the_content_type_is_json_in_utf_8(String type) throws Exception {
    start(type, SampleHttpChannels::text);
    sent(SampleBackup.failed("Größe 🚀"));
    RecordingHttpServer.Request request = server.only();
    assertThat(request.headers().get("content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(request.text()).contains("Größe 🚀");
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void nothing_in_a_text_breaks_the_json_or_is_evaluated(String type) throws Exception {
    start(type, message -> new ChatText(NASTY, NASTY + "\nthe end"));
    JsonNode payload = sent(SampleBackup.failed(NASTY));
    assertThat(shown(type, payload))
        .contains("${7+7} ${body} {{sys:user.home}}")
        .contains("the end")
        .contains("%n %s")
        .contains("🚀")
        .doesNotContain("\0", "\u0007", "\u202E");
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_long_text_is_cut_where_the_reader_sees_it(String type) throws Exception {
    for (String piece : List.of("🚀", "\"", "\n", "ä", "\\", "*", "<", "word ")) {
      String huge = piece.repeat((1 << 20) / piece.length());
      start(type, message -> new ChatText("a title", huge));
      JsonNode payload = sent(SampleBackup.failed("disk full"));
      assertWithinLimits(type, payload);
      assertThat(shown(type, payload)).as("of %s", piece).contains("a title").endsWith("… (cut)");
      String whole = new String(shown(type, payload).getBytes(StandardCharsets.UTF_8), "UTF-8");
      assertThat(whole).isEqualTo(shown(type, payload)).doesNotContain("\uFFFD");
      route.close();
    }
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_large_digest_fills_what_the_chat_takes_worst_first_and_is_cut_where_the_reader_sees_it(
      String type) throws Exception {
    start(type, new ChatRenderer(SampleBackup.wording(home)));
    SampleDigests digest = new SampleDigests().and("missed", "blog").and("completed", "forum");
    for (int i = 0; i < 200; i++) {
      digest.failed("site" + i, "backup-error", i / 2 + " " + "reason ".repeat(35));
    }
    JsonNode payload = sent(digest.made());
    assertWithinLimits(type, payload);
    String shown = shown(type, payload);
    assertThat(shown)
        .containsSubsequence("200 failed, 1 missed", "FAILED (200)", "2 sites")
        .endsWith("… (cut)");
    assertThat(shown.length()).isGreaterThan(ChatDialect.of(type).limit() * 4 / 10);
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_long_title_leaves_room_for_the_text(String type) throws Exception {
    start(type, message -> new ChatText("🚀".repeat(100_000), "the text"));
    JsonNode payload = sent(SampleBackup.failed("disk full"));
    assertWithinLimits(type, payload);
    assertThat(shown(type, payload)).contains("… (cut)").endsWith("the text");
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_message_without_text_has_its_title(String type) throws Exception {
    start(type, message -> new ChatText("only a title", ""));
    assertThat(shown(type, sent(SampleBackup.started()))).contains("only a title");
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_template_of_the_user_is_used(String type) throws Exception {
    template(
        type,
        "{\"mine\": \"${event.data.site}: ${title}\", \"size\": ${event.data.size?no_esc},"
            + " \"test\": ${event.data.test?c}, \"none\": \"${(event.data.archive)!}\"}");
    start(type, message -> new ChatText("a \"title\"", "text"));
    JsonNode payload = sent(SampleBackup.completed());
    assertThat(payload.path("mine").asText()).isEqualTo("shop: a \"title\"");
    assertThat(payload.path("size").asLong()).isEqualTo(2_621_440);
    assertThat(payload.path("test").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @FieldSource("CHATS")
  void a_broken_template_of_the_user_is_passed_over(String type) throws Exception {
    for (String broken :
        List.of(
            "{\"text\": ${title}}",
            "{\"text\": \"${title}\"} more",
            "{\"text\": \"${title?no_esc}\"}",
            "just ${title}",
            "{\"text\": \"${unknown}\"}",
            "<#if",
            "\"${title}\"",
            "")) {
      template(type, broken);
      start(type, message -> new ChatText("a \"title\"", "the text"));
      assertThat(shown(type, sent(SampleBackup.completed()))).as(broken).contains("a \"title\"");
      route.close();
    }
  }

  @Test
  void the_example_of_the_how_to_works() throws Exception {
    String page = Files.readString(Path.of("docs/how-to/change-a-chat-message.md"));
    template("mattermost", page.substring(page.indexOf("```ftl\n") + 7, page.lastIndexOf("```")));
    start("mattermost", SampleHttpChannels::text);
    for (Notification message : KINDS) {
      assertThat(sent(message).at("/attachments/0/color").asText()).startsWith("#");
    }
  }

  @Test
  void slack_gets_its_three_entities_and_no_formatting() throws Exception {
    start("slack", message -> new ChatText("<!channel> & <@U1>", "*no* _format_"));
    JsonNode payload = sent(SampleBackup.completed());
    assertThat(payload.path("text").asText())
        .isEqualTo("&lt;!channel&gt; &amp; &lt;@U1&gt;\n*no* _format_");
    assertThat(payload.path("mrkdwn").asBoolean(true)).isFalse();
    assertThat(payload.path("unfurl_links").asBoolean(true)).isFalse();
  }

  @Test
  void mattermost_gets_its_markdown_escaped_and_calls_nobody() throws Exception {
    start(
        "mattermost",
        message ->
            new ChatText(
                "a_b *c*", "@all @here, ops@example.com\n# no ~off [x](y) `z`\n- a\n> b _c_"));
    assertThat(sent(SampleBackup.completed()).path("text").asText())
        .isEqualTo(
            "**a_b \\*c\\***\n@\u200Ball @\u200Bhere, ops@example.com\n"
                + "\\# no \\~off \\[x\\](y) \\`z\\`\n\\- a\n\\> b \\_c\\_");
  }

  @Test
  void discord_gets_its_markdown_escaped_and_calls_nobody() throws Exception {
    start("discord", message -> new ChatText("@everyone <@1>", "||x|| <t:0> **b** web-7_x"));
    JsonNode payload = sent(SampleBackup.completed());
    assertThat(payload.path("content").asText())
        .isEqualTo("**@everyone \\<@1>**\n\\|\\|x\\|\\| \\<t:0> \\*\\*b\\*\\* web-7_x");
    assertThat(payload.at("/allowed_mentions/parse").isArray()).isTrue();
    assertThat(payload.at("/allowed_mentions/parse")).isEmpty();
    assertThat(payload.path("flags").asInt()).isEqualTo(4);
  }

  @Test
  void teams_gets_an_adaptive_card_of_text_runs() throws Exception {
    start("teams", message -> new ChatText("**t** [x](y)", "one\n\n<at>two</at>"));
    JsonNode payload = sent(SampleBackup.failed("disk full"));
    assertThat(payload.path("type").asText()).isEqualTo("message");
    JsonNode attachment = payload.at("/attachments/0");
    assertThat(attachment.path("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(attachment.at("/content/type").asText()).isEqualTo("AdaptiveCard");
    assertThat(attachment.at("/content/body").findValuesAsText("type"))
        .doesNotContain("TextBlock", "FactSet");
    assertThat(attachment.at("/content/body").findValuesAsText("text"))
        .containsExactly("**t** [x](y)", "one", " ", "<at>two</at>");
    assertThat(attachment.at("/content/body/0/inlines/0/color").asText()).isEqualTo("Attention");
  }

  @Test
  void telegram_gets_plain_text_for_its_chat() throws Exception {
    start("telegram", message -> new ChatText("a *b* <i>", "@somebody https://example.com"));
    JsonNode payload = sent(SampleBackup.completed());
    assertThat(payload.path("chat_id").asText()).isEqualTo("-100123");
    assertThat(payload.path("text").asText())
        .isEqualTo("a *b* <i>\n@\u200Bsomebody https://example.com");
    assertThat(payload.has("parse_mode")).isFalse();
    assertThat(payload.at("/link_preview_options/is_disabled").asBoolean()).isTrue();
    assertThat(server.only().uri()).endsWith("/sendMessage");
  }

  @Test
  void telegrams_chat_may_stand_in_the_address() throws Exception {
    Channel.Chat chat = (Channel.Chat) SampleHttpChannels.channel("telegram", server.url());
    String url = chat.url().reveal() + "?chat_id=77";
    start(
        new Channel.Chat(
            "to", "telegram", new io.github.camelakeeba.secret.Secret(url), null, null),
        SampleHttpChannels::text);
    assertThat(sent(SampleBackup.completed()).has("chat_id")).isFalse();
    assertThat(server.only().uri()).endsWith("/sendMessage?chat_id=77");
  }

  @Test
  void ntfy_gets_json_at_its_root_with_topic_token_and_priority() throws Exception {
    start("ntfy", SampleHttpChannels::text);
    for (Notification message : KINDS) {
      JsonNode payload = sent(message);
      boolean bad =
          message instanceof Event event && event.type().matches(".*(failed|missed|unproved).*")
              || message instanceof Digest;
      assertThat(payload.path("topic").asText()).isEqualTo("T0PS3CR3T-topic-0123");
      assertThat(payload.path("priority").asInt()).as(message.type()).isEqualTo(bad ? 4 : 3);
      assertThat(payload.path("tags")).hasSize(1);
    }
    assertThat(server.requests())
        .allSatisfy(
            request -> {
              assertThat(request.uri()).isEqualTo("/");
              assertThat(request.headers().get("authorization"))
                  .isEqualTo("Bearer T0PS3CR3T-token-0123");
            });
  }

  private void assertWithinLimits(String type, JsonNode payload) {
    String shown = shown(type, payload);
    int bytes = server.requests().get(server.requests().size() - 1).body().length;
    switch (type) {
      case "slack" -> assertThat(shown.length()).isLessThanOrEqualTo(4_000);
      case "mattermost" -> assertThat(shown.length()).isLessThanOrEqualTo(16_383);
      case "discord" -> assertThat(shown.length()).isLessThanOrEqualTo(2_000);
      case "telegram" -> assertThat(shown.length()).isLessThanOrEqualTo(4_096);
      case "teams" -> assertThat(bytes).isLessThanOrEqualTo(28 * 1024);
      case "ntfy" -> {
        assertThat(TextLimiter.bytes(payload.path("message").asText())).isLessThanOrEqualTo(4_096);
        assertThat(TextLimiter.bytes(payload.path("title").asText())).isLessThanOrEqualTo(250);
        assertThat(bytes).isLessThanOrEqualTo(8_192);
      }
      default -> throw new IllegalArgumentException(type);
    }
  }

  /** What a reader sees, as the server would hand it on. */
  private static String shown(String type, JsonNode payload) {
    return switch (type) {
      case "discord" -> payload.path("content").asText();
      case "teams" ->
          String.join("\n", new ArrayList<>(payload.path("attachments").findValuesAsText("text")));
      case "ntfy" -> payload.path("title").asText() + "\n" + payload.path("message").asText();
      default -> payload.path("text").asText();
    };
  }

  private JsonNode sent(Notification message) throws Exception {
    assertThat(route.send(SampleHttpChannels.delivery(message)).getException()).isNull();
    return JSON.readTree(server.requests().get(server.requests().size() - 1).body());
  }

  private void template(String type, String text) throws Exception {
    Path folder = Files.createDirectories(home.resolve("config/templates"));
    Files.writeString(folder.resolve(type + ".ftlj"), text);
  }

  private void start(String type, Function<Notification, ChatText> texts) throws Exception {
    start(SampleHttpChannels.channel(type, server.url()), texts);
  }

  private void start(Channel channel, Function<Notification, ChatText> texts) throws Exception {
    Map<String, Object> beans =
        SampleHttpChannels.beans(
            SampleBackup.channels(channel), Duration.ofSeconds(30), home, texts);
    route = new ShippedRoute("notify-" + channel.route(), beans);
  }
}
