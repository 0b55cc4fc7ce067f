package io.github.camelakeeba.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong channels and rules get one sentence each. */
class ChannelProblemsTest {
  private static final String MAIL = "type: mail, smtp: 'smtp://m.example', from: a@b.c";
  private static final String ADDRESS =
      "is not a mail address; write one such as ops@example.com or Ops <ops@example.com>";

  @TempDir Path home;

  static Stream<Arguments> channels() {
    return Stream.of(
        Arguments.of("{}", ": 'type' is missing"),
        Arguments.of("{type: sms}", ".type: unknown word 'sms'; allowed: mail, webhook"),
        Arguments.of(
            "{type: slack}",
            ".type: 'slack' is not supported by this version; allowed: mail, webhook"),
        Arguments.of(
            "{type: mail, from: a@b.c, to: a@b.c}",
            ": 'smtp' is missing; write 'smtp: smtp://mail.example.com:587'"),
        Arguments.of(
            "{type: mail, smtp: 'smtp://m', to: a@b.c}",
            ": 'from' is missing; write 'from: backup@example.com'"),
        Arguments.of(
            "{type: mail, smtp: 'smtp://m', from: a@b.c}",
            ": 'to' is missing; write 'to: ops@example.com'"),
        Arguments.of("{" + MAIL + ", to: []}", ".to: must not be empty"),
        Arguments.of("{" + MAIL + ", to: [a@b.c, ops]}", ".to[1]: 'ops' " + ADDRESS),
        Arguments.of("{" + MAIL + ", to: 'a@b.c, d@e.f'}", ".to: 'a@b.c, d@e.f' " + ADDRESS),
        Arguments.of("{" + MAIL + ", to: a@b.c, bcc: x}", ".bcc: 'x' " + ADDRESS),
        Arguments.of("{type: mail, smtp: 'smtp://m', from: x, to: a@b.c}", ".from: 'x' " + ADDRESS),
        Arguments.of(
            "{type: mail, smtp: 'm:25', from: a@b.c, to: a@b.c}",
            ".smtp: must begin with smtp:// or smtps:// and a host"),
        Arguments.of(
            "{type: mail, smtp: 'smtp://u:hunter3@m', from: a@b.c, to: a@b.c}",
            ".smtp: must not hold user:password@; write them under 'username' and 'password'"),
        Arguments.of(
            "{type: mail, smtp: 'smtp://m/x', from: a@b.c, to: a@b.c}",
            ".smtp: must be smtp://host:port or smtps://host:port, no more"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, username: u}",
            ".username: stands without 'password' or 'passwordFile'"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, password: hunter3}", ".password: stands without 'username'"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, username: u, password: hunter3, passwordFile: x}",
            ".passwordFile: stands beside 'password'; keep one of the two"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, url: x}",
            ".url: unknown key; allowed: type, smtp, username, password, passwordFile, from, to, cc, bcc"),
        Arguments.of(
            "{type: webhook}", ": 'url' is missing; write where the event is posted, or 'urlFile'"),
        Arguments.of(
            "{type: webhook, url: erp.example/hunter3}",
            ".url: must begin with http:// or https:// and a host"),
        Arguments.of(
            "{type: webhook, url: 'https://u:hunter3@e.example/'}",
            ".url: must not hold user:password@; not supported by this version"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', secret: hunter3}",
            ".secret: not supported by this version; remove the key"));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_wrong_channel_is_one_line_with_its_place(String channel, String sentence)
      throws Exception {
    assertThat(Problem.of(home, "sites: {}\nchannels:\n  ops: " + channel + "\n", Map.of()))
        .containsExactly("config/sites.yaml:3: channels.ops" + sentence)
        .noneMatch(problem -> problem.contains("hunter"));
  }

  static Stream<Arguments> rules() {
    String states = "allowed: started, completed, warning, failed, missed, recovered";
    return Stream.of(
        Arguments.of("{on: failed}", ": 'to' is missing; write 'to: ops'"),
        Arguments.of("{to: ops}", ": 'on' is missing; write 'on: failed'"),
        Arguments.of("{on: [], to: ops}", ".on: must not be empty"),
        Arguments.of(
            "{on: [failed, warnings], to: ops}",
            ".on[1]: unknown word 'warnings'; did you mean 'warning'? " + states),
        Arguments.of(
            "{on: failed, to: opps}",
            ".to: 'opps' is not a channel; did you mean 'ops'? allowed: ops"),
        Arguments.of(
            "{on: failed, to: [ops, chat]}", ".to[1]: 'chat' is not a channel; allowed: ops"),
        Arguments.of(
            "{on: failed, to: ops, sites: [shop]}",
            ".sites[0]: 'shop' is not a site; there is none"),
        Arguments.of(
            "{on: failed, to: ops, digest: 24h}",
            ".digest: not supported by this version; remove the key"),
        Arguments.of(
            "{on: failed, to: ops, tags: x}", ".tags: unknown key; allowed: on, to, sites"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_wrong_rule_is_one_line_with_its_place(String rule, String sentence) throws Exception {
    String yaml = "sites: {}\nchannels:\n  ops: {" + MAIL + ", to: a@b.c}\nnotify:\n  - " + rule;
    assertThat(Problem.of(home, yaml + "\n", Map.of()))
        .containsExactly("config/sites.yaml:5: notify[0]" + sentence);
  }
}
