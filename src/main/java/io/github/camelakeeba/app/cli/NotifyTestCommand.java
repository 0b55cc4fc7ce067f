package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.ChannelClient;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.NotificationPlan;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.SampleMessages;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "notify-test",
    sortOptions = false,
    description =
        "Sends one event that is marked as a test to a channel, and says whether it was accepted. No rule applies, nothing is stored, and nothing is retried.")
final class NotifyTestCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CHANNEL", description = "The name of a channel in sites.yaml.")
  String name;

  @Option(
      names = "--state",
      paramLabel = "S",
      defaultValue = "completed",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  NotificationPlan.State state;

  @Option(names = "--site", paramLabel = "SITE", description = "As if it were of this site.")
  String siteName;

  @Option(names = "--digest", description = "A digest of three events of a site test, instead.")
  boolean digest;

  @Option(names = "--report", description = "A report of made-up sites, instead.")
  boolean report;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (digest && report) {
      throw new ParameterException(spec.commandLine(), "--digest and --report: name one of them");
    }
    if ((digest || report) && siteName != null) {
      // an entry of either bears no mark of its own: a real name would be taken for real
      throw new ParameterException(
          spec.commandLine(),
          "--%s goes without --site: its sites are called test"
              .formatted(digest ? "digest" : "report"));
    }
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      Channel channel = channel(service.configuration().channels());
      ChannelClient client = new ChannelClient(service, channel);
      SampleMessages samples = client.samples(site(service.configuration().sites()));
      Notification message =
          report ? samples.report() : digest ? samples.digest(name) : samples.event(state.name());
      long begin = System.nanoTime();
      String reason = client.send(message);
      report(channel, message, reason, Duration.ofNanos(System.nanoTime() - begin).toMillis());
      return reason == null ? ExitCode.COMPLETED : ExitCode.FAILED;
    }
  }

  private Channel channel(Map<String, Channel> channels) {
    if (!channels.containsKey(name)) {
      throw new ConfigurationException(
          channels.isEmpty()
              ? "config/sites.yaml has no channel yet"
              : "there is no channel '%s'%s"
                  .formatted(UntrustedText.asName(name), DidYouMean.of(name, channels.keySet())));
    }
    return channels.get(name);
  }

  private Site site(Map<String, Site> sites) {
    if (siteName != null && !sites.containsKey(siteName)) {
      throw UnknownSiteErrors.of(siteName, sites.keySet());
    }
    return siteName == null ? null : sites.get(siteName);
  }

  record Result(
      String channel,
      String type,
      String event,
      boolean delivered,
      long durationMs,
      String error) {}

  private void report(Channel channel, Notification message, String reason, long millis)
      throws Exception {
    if (json) {
      printJson(new Result(name, channel.type(), message.id(), reason == null, millis, reason));
    } else if (reason == null) {
      System.out.printf("delivered to %s in %s ms%n", name, millis);
    } else {
      System.err.printf("%s was not reached: %s%n", name, reason);
    }
  }
}
