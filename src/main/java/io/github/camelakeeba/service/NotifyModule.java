package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.notify.channel.CamelChannel;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.HttpChannels;
import io.github.camelakeeba.notify.channel.HttpDelivery;
import io.github.camelakeeba.notify.channel.HttpDeliveryClient;
import io.github.camelakeeba.notify.channel.MailChannel;
import io.github.camelakeeba.notify.channel.MailRenderer;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.run.store.RunQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

/** The beans of the routes of the channels. */
final class NotifyModule {
  static final String MAIL_CHANNEL = "backup-mail-channel"; // makes the mail of a message
  static final String HTTP_DELIVERY_CLIENT = "backup-http-delivery-client"; // configures it
  static final String HTTP_DELIVERY_POOL = "backup-http-delivery-pool"; // its connections
  static final String HTTP_DELIVERY = "backup-http-delivery"; // what a response means
  static final String HTTP_CHANNELS = "backup-http-channels"; // makes the request of a message
  static final String CAMEL_CHANNEL = "backup-camel-channel"; // sends a message to a Camel endpoint

  /** The past runs that a message shows: so many cells fit beside each other on a phone. */
  private static final int HISTORY_LENGTH = 14;

  private NotifyModule() {}

  /** Binds the beans; returns what renders their texts. */
  static MessageRenderer bind(
      BeanBinder beans,
      Home home,
      Configuration configuration,
      ReloadModule reloads,
      ScheduleCalculator schedules,
      RunQueries runs,
      IsolatedExchanges exchanges,
      Duration callTimeout,
      Clock clock) {
    Map<String, Channel> channels = configuration.channels();
    MessageRenderer renderer =
        new MessageRenderer(
            home.folder(),
            configuration.sites(),
            name -> nextRun(configuration.sites().get(name), schedules, clock),
            name -> runs.lastEnded(name, HISTORY_LENGTH));
    MailRenderer mails = new MailRenderer(renderer);
    beans.bind(MAIL_CHANNEL, new MailChannel(channels, mails, beans::bind));
    HttpDeliveryClient client =
        beans.bind(HTTP_DELIVERY_CLIENT, new HttpDeliveryClient(callTimeout));
    PoolingHttpClientConnectionManager pool =
        beans.bind(HTTP_DELIVERY_POOL, client.connectionPool(channels.size()));
    beans.bind(HTTP_DELIVERY, new HttpDelivery(callTimeout, clock));
    HttpChannels http =
        beans.bind(
            HTTP_CHANNELS,
            new HttpChannels(home.folder(), channels, clock, new ChatRenderer(renderer)));
    CamelChannel camel = beans.bind(CAMEL_CHANNEL, new CamelChannel(channels, exchanges));
    reloads.check(next -> http.check(next.channels()));
    reloads.before((before, next) -> HttpDeliveryClient.bounded(pool, next.channels().size()));
    reloads.after((before, next) -> camel.follow());
    return renderer;
  }

  private static Optional<Instant> nextRun(Site site, ScheduleCalculator schedules, Clock clock) {
    return site == null || !site.enabled()
        ? Optional.empty()
        : Optional.ofNullable(schedules.next(site, clock.instant()));
  }
}
