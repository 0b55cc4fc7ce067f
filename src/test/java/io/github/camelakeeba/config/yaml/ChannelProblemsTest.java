package io.github.camelakeeba.config.yaml;

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
  private static final String TYPES =
      "mail, slack, mattermost, discord, teams, telegram, ntfy, healthchecks, webhook, camel";
  private static final String ADDRESS =
      "is not a mail address; write one such as ops@example.com or Ops <ops@example.com>";

  @TempDir Path home;

  static Stream<Arguments> channels() {
    return Stream.of(
        Arguments.of("{}", ": 'type' is missing"),
        Arguments.of("{type: sms}", ".type: unknown word 'sms'; allowed: " + TYPES),
        Arguments.of(
            "{type: slak}", ".type: unknown word 'slak'; did you mean 'slack'? allowed: " + TYPES),
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
            ".username: is set without 'password' or 'passwordFile'"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, password: hunter3}", ".password: is set without 'username'"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, username: u, password: hunter3, passwordFile: x}",
            ".passwordFile: is set beside 'password'; keep one of the two"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, url: x}",
            ".url: unknown key; allowed: type, smtp, username, password, passwordFile, from, to, cc, bcc, helo"),
        Arguments.of(
            "{" + MAIL + ", to: 'b\u00e4r@example.com'}",
            ".to: must be ASCII before the @: most mail servers take nothing else there"),
        Arguments.of(
            "{" + MAIL + ", to: 'ops@fu\u00df.example'}",
            ".to: has a letter whose xn-- form differs from program to program; write the host as xn--\u2026"),
        Arguments.of(
            "{" + MAIL + ", to: a@b.c, helo: 'my host'}",
            ".helo: 'my host' is not a host's name; write one such as backup.example.com, or an address in [ ]"),
        Arguments.of(
            "{type: webhook}", ": 'url' is missing; write where it is posted, or 'urlFile'"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', signature: standard}",
            ".signature: is set without 'secret' or 'secretFile'"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', previousSecret: hunter3}",
            ".previousSecret: is set without 'secret' or 'secretFile'"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', signature: v1, secret: hunter3}",
            ".signature: unknown word 'v1'; allowed: backup, standard, both"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', signature: both, secret: whsec_hunter3-}",
            ".secret: begins with whsec_, but what follows is no Base64"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', headers: {Webhook-Id: hunter3}}",
            ".headers.Webhook-Id: stands under the name of a header that is set here"),
        Arguments.of(
            "{type: webhook, url: erp.example/hunter3}",
            ".url: must begin with http:// or https:// and a host"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', headers: {'X Env': hunter3}}",
            ".headers.X Env: stands under a name that is no name of an HTTP header"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', headers: {Host: hunter3}}",
            ".headers.Host: stands under the name of a header that is set here"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', headers: {X-Env: 'hunter3\u00e9'}}",
            ".headers.X-Env: must be one line of visible ASCII, which is all that a header can carry"),
        Arguments.of(
            "{type: webhook, url: 'https://e.example/', template: config/no.ftlj}",
            ".template: 'config/no.ftlj' is not readable: no such file; a relative name starts at the home directory"),
        Arguments.of(
            "{type: slack, url: 'http://hooks.example/hunter3'}",
            ".url: must begin with https://: the address is the credential; http is for this machine only"),
        Arguments.of(
            "{type: telegram, url: 'https://api.telegram.org/bothunter3/sendMessage'}",
            ": 'chat' is missing; write the number of the chat, or @channel"),
        Arguments.of(
            "{type: ntfy, url: 'https://ntfy.sh'}",
            ".url: must end with the topic, as in https://ntfy.sh/my-topic"),
        Arguments.of(
            "{type: healthchecks, url: 'https://e.example/hunter3', warning: warn}",
            ".warning: unknown word 'warn'; allowed: success, fail, log"),
        Arguments.of("{type: camel}", ": 'uri' is missing; write a Camel endpoint, or 'uriFile'"),
        Arguments.of(
            "{type: camel, uri: hunter3}",
            ".uri: must be the URI of a Camel endpoint, such as jms:queue:backups"));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_wrong_channel_is_one_line_with_its_place(String channel, String sentence)
      throws Exception {
    assertThat(LoaderMessage.of(home, "sites: {}\nchannels:\n  ops: " + channel + "\n", Map.of()))
        .containsExactly("config/sites.yaml:3: channels.ops" + sentence)
        .noneMatch(problem -> problem.contains("hunter"));
  }

  static Stream<Arguments> rules() {
    String kinds =
        "allowed: unreachable, refused-secret, not-found, configuration, busy, backup-error, restarted-on-server, out-of-order, untrusted, timeout, verification, stopped, interrupted, internal";
    String states =
        "allowed: started, completed, warning, failed, missed, recovered, proved, unproved, untested";
    return Stream.of(
        Arguments.of("{on: failed}", ": 'to' is missing; write 'to: ops'"),
        Arguments.of("{to: ops}", ": 'on' is missing; write 'on: failed'"),
        Arguments.of("{on: [], to: ops}", ".on: must not be empty"),
        Arguments.of(
            "{on: [failed, warnings], to: ops}",
            ".on[1]: unknown word 'warnings'; did you mean 'warning'? " + states),
        Arguments.of(
            "{on: failed, to: opps}",
            ".to: 'opps' is not a channel; did you mean 'ops'? allowed: ping, ops"),
        Arguments.of(
            "{on: failed, to: [ops, chat]}", ".to[1]: 'chat' is not a channel; allowed: ping, ops"),
        Arguments.of(
            "{on: failed, to: ops, sites: [shop]}",
            ".sites[0]: 'shop' is not a site; there is none"),
        Arguments.of(
            "{on: failed, to: ops, digest: soon}",
            ".digest: 'soon' is not a duration: write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "{on: failed, to: ops, digest: 0s}",
            ".digest: must be longer than 0; write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "{on: failed, to: ping, digest: 1h}",
            ".to: 'ping' is a channel of pings, which takes no digest; give it a rule of its own"),
        Arguments.of("{on: failed, to: ops, after: 0}", ".after: must be from 1 to 1000, not '0'"),
        Arguments.of(
            "{on: failed, to: ops, kinds: [timeout, unreachble]}",
            ".kinds[1]: unknown word 'unreachble'; did you mean 'unreachable'? " + kinds),
        Arguments.of(
            "{on: failed, to: ops, quiet: '22-07'}",
            ".quiet: '22-07' is no part of a day; write 22:00-07:00"),
        Arguments.of(
            "{on: failed, to: ops, quiet: '22:00-22:00'}",
            ".quiet: begins when it ends; write 22:00-07:00"),
        Arguments.of(
            "{on: failed, to: ops, except: [shop]}",
            ".except[0]: 'shop' is not a site; there is none"),
        Arguments.of(
            "{on: failed, to: ops, of: x}",
            ".of: unknown key; did you mean 'on'? allowed: on, to, sites, except, tags, kinds, after, remind, digest, quiet"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_wrong_rule_is_one_line_with_its_place(String rule, String sentence) throws Exception {
    String ping = "  ping: {type: healthchecks, url: 'https://hc.example.com/1'}\n";
    String yaml =
        "sites: {}\nchannels:\n" + ping + "  ops: {" + MAIL + ", to: a@b.c}\nnotify:\n  - ";
    assertThat(LoaderMessage.of(home, yaml + rule + "\n", Map.of()))
        .containsExactly("config/sites.yaml:6: notify[0]" + sentence);
  }

  static Stream<Arguments> heartbeats() {
    return Stream.of(
        Arguments.of("{every: 5m}", ": 'channel' is missing; write 'channel: ping'"),
        Arguments.of(
            "{channel: ops}",
            ".channel: 'ops' is not a channel of the type healthchecks; there is none"),
        Arguments.of(
            "{channel: ops, every: 0s}",
            ".every: must be longer than 0; write 90s, 15m, 6h, 2d or 1h30m"));
  }

  @ParameterizedTest
  @MethodSource("heartbeats")
  void a_wrong_heartbeat_is_told_with_its_place(String heartbeat, String sentence)
      throws Exception {
    String yaml = "sites: {}\nchannels:\n  ops: {" + MAIL + ", to: a@b.c}\nheartbeat: " + heartbeat;
    assertThat(LoaderMessage.of(home, yaml + "\n", Map.of()))
        .contains("config/sites.yaml:4: heartbeat" + sentence);
  }
}
