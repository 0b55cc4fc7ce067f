package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.Gateway;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page as a person uses it, in a real browser against the product with simulated sites. */
@Tag("browser")
class PageInBrowserTest {
  private static final String READ = "read-token-of-the-wall";
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String[] SITES = {"bakery", "evil", "fails", "halts", "moves", "paused"};

  @TempDir static Path folder;
  private static RunningProduct product;
  private static SimulatedSite fails;
  private Browser browser;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    site("bakery", "title: \"Müller's bakery\"", "tags: [customers, joomla]");
    site("evil", "title: \"" + EVIL + "\"", "tags: [\"<b>tag</b>\"]")
        .steps(3)
        .warnings(2, "Unreadable file /srv/<script>document.title='owned'</script>/debug.log");
    fails = site("fails", "tags: [customers]").failAt(2, "The disk is full");
    site("halts").steps(1_000).stepTime(Duration.ofMillis(60));
    site("moves").steps(1_000).stepTime(Duration.ofMillis(60));
    site("paused", "schedule: \"0 30 2 * * ?\"", "zone: Europe/Athens");
    product
        .property("backup.api.tokens.wall.token = " + READ)
        .property("backup.api.tokens.wall.scope = read")
        .yaml(
            """
            limits: {perHost: 10}
            channels:
              ops: {type: webhook, url: "http://127.0.0.1:1/"}
            notify:
              - {on: [missed, recovered], sites: [paused], to: ops}
            """)
        .start();
    for (String name : List.of("bakery", "evil", "fails")) {
      product.backup(name);
    }
  }

  private static SimulatedSite site(String name, String... lines) {
    SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(5);
    product.site(name, site.url(), lines);
    return site;
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  private static URI address() {
    return product.service().apiAddress();
  }

  private void signIn(String path) {
    browser.signIn(address(), path, RunningProduct.TOKEN);
  }

  @Test
  void a_wrong_token_is_told_and_the_right_one_goes_on_to_where_one_was() {
    browser.open(address(), "/?tag=customers");
    browser.waitFor("#sign-in[open]");
    browser.type("#token", "this-is-no-token-of-it", Keys.ENTER);
    browser.waitForText("#sign-in-error", "no token");
    assertThat(browser.text("#main")).isEmpty();
    assertThat(browser.cookies()).isEmpty();

    browser.type("#token", RunningProduct.TOKEN, Keys.ENTER);
    browser.waitForNo("#sign-in[open]");
    browser.waitForText("#count", "2 of " + SITES.length);
    assertThat(browser.place()).isEqualTo("/?tag=customers");
    browser.assertNoViolations();

    browser.click("#sign-out");
    browser.waitFor("#sign-in[open]");
    assertThat(browser.text("#main")).isEmpty();
  }

  @Test
  void a_link_with_a_token_signs_in_and_the_token_leaves_the_address() {
    browser.signIn(address(), "/?q=bak", RunningProduct.TOKEN);
    browser.waitForText("#count", "1 of " + SITES.length);
    assertThat(browser.place()).isEqualTo("/?q=bak");
    assertThat(browser.script("return document.cookie")).isEqualTo("");
    browser.reload();
    browser.waitForText("#count", "1 of " + SITES.length);
  }

  @Test
  void one_sentence_says_how_it_stands_and_the_tab_tells_it_too() {
    signIn("/");
    browser.waitForText("#sentence", "need");
    browser.waitForText("#needs", "fails");
    browser.waitForText("#needs", "The disk is full");
    assertThat(browser.title()).startsWith("(");
    assertThat(browser.text("#facts")).contains("signed in as api (admin)");
  }

  @Test
  void a_backup_is_started_its_bar_moves_by_itself_and_it_is_stopped() {
    signIn("/?site=moves");
    browser.press("#site", "Back up now");
    browser.waitFor("#site progress");
    browser.waitForText("#site .live span", "%");
    browser.waitForChange("#site .live span");

    browser.click("#site [data-back]");
    browser.waitForText("#running", "moves");
    browser.waitForChange("#running .what");
    browser.waitForText("[data-row='4']", "%");

    browser.press("#running", "Stop");
    browser.press("#running", "Really stop?");
    browser.until("it is gone", () -> !browser.text("#running").contains("moves"));
    browser.waitForText("#needs", "moves");
    browser.assertNoViolations();
  }

  @Test
  void a_failed_site_is_retried_from_the_list_of_what_needs_a_person() {
    fails.failAt(-1, "");
    try {
      signIn("/");
      browser.waitFor("#needs [data-key=fails]");
      browser.click("#needs [data-key=fails] button");
      browser.waitForNo("#needs [data-key=fails]");
      browser.waitForText("[data-row='2']", "completed");
    } finally {
      fails.failAt(2, "The disk is full");
      product.backup("fails");
    }
  }

  @Test
  void a_pause_with_its_reason_is_set_seen_and_ended() {
    signIn("/?site=paused");
    browser.waitForText("#site", "Pause the schedule");
    assertThat(browser.text("#site")).contains("Europe/Athens");
    browser.click("#site .pause summary");
    browser.type("#reason", "moves to a new host");
    browser.press("#site .pause", "Pause");
    browser.waitForText("#site dl", "moves to a new host");
    browser.waitForText("#site h2", "paused");
    assertThat(browser.text("#site dl")).contains("ops (webhook): missed, recovered");
    browser.click("#site [data-back]");
    browser.waitForText("[data-row='5']", "paused");
    browser.click("[data-row='5'] a");
    browser.press("#site", "Resume the schedule");
    browser.waitForText("#site", "Pause the schedule");
    browser.assertNoViolations();
  }

  @Test
  void who_hears_of_a_site_is_shown_and_stays_when_the_stream_tells_of_a_change() throws Exception {
    signIn("/?site=paused");
    browser.waitForText("#site dl", "ops (webhook): missed, recovered");
    browser.waitForText("#site h2", "never");
    post("/api/sites/paused/pause", "{\"reason\":\"told by the stream\"}");
    browser.waitForText("#site dl", "told by the stream");
    assertThat(browser.text("#site dl")).contains("ops (webhook): missed, recovered");
    post("/api/sites/paused/resume", "");
    browser.waitForText("#site", "Pause the schedule");
    assertThat(browser.text("#site dl")).doesNotContain("told by the stream");
    browser.open(address(), "/?site=bakery");
    browser.waitForText("#site dl", "nobody");
  }

  /** As another caller than the page. */
  private static void post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve(path))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void what_a_site_calls_itself_is_shown_as_text_wherever_it_comes() {
    signIn("/");
    browser.waitForText("#grid", EVIL);
    browser.waitForText("#grid", "<b>tag</b>");
    browser.open(address(), "/?site=evil");
    browser.waitForText("#site h2", EVIL);
    browser.waitForText("#site .runs", "1 warning");
    browser.click("#site .runs summary");
    browser.waitForText("#site .runs", "Unreadable file /srv/");
    browser.waitFor("#site .timeline li");
    assertThat(browser.title()).doesNotContain("owned");
    assertThat(browser.count("#grid img, #site img, #site script")).isZero();
    browser.assertNoViolations();
  }

  @Test
  void the_year_of_a_site_is_a_cell_a_day_with_a_text_for_each() {
    signIn("/?site=bakery");
    browser.waitFor("#site .year td[data-letter=c]");
    assertThat(browser.count("#site .year td[data-letter]")).isEqualTo(365);
    browser.waitForText("#site .year td[data-letter=c] .unseen", "completed");
    assertThat(browser.count("#site .year td[data-letter='.']")).isGreaterThan(350);
    assertThat(browser.text("#site .told")).contains("backup bakery");
    browser.assertNoViolations();
  }

  @Test
  void search_filters_and_order_are_in_the_address_and_come_back_from_it() {
    signIn("/");
    browser.waitForText("#count", String.valueOf(SITES.length));
    browser.click("[data-chip='tag customers']");
    browser.waitForText("#count", "2 of");
    browser.type("#search", "bak");
    browser.waitForText("#count", "1 of");
    browser.click(".heads .c1 button");
    assertThat(browser.place()).isEqualTo("/?tag=customers&q=bak&sort=-name");
    browser.reload();
    browser.waitForText("#count", "1 of");
    assertThat(browser.script("return document.querySelector('#search').value")).isEqualTo("bak");
    browser.waitFor("[data-chip='tag customers'][aria-pressed=true]");
    browser.waitFor(".heads .c1[aria-sort=descending]");
    browser.assertNoViolations();
  }

  @Test
  void sites_are_found_by_what_restore_tests_say_of_them() {
    String verdict =
        "update standing set proof_verdict = ?, proof_at = current_timestamp,"
            + " change = nextval('standing_change') where site = 'bakery'";
    product.jdbc().update(verdict, "unproved");
    try {
      signIn("/");
      browser.click("[data-chip='proof unproved']");
      browser.waitForText("#count", "1 of " + SITES.length);
      browser.waitForText("[data-row='0'] .c3", "unproved");
      assertThat(browser.place()).isEqualTo("/?proof=unproved");
      browser.reload();
      browser.waitFor("[data-chip='proof unproved'][aria-pressed=true]");
      browser.waitForText("#count", "1 of " + SITES.length);
      browser.keys(Keys.ESCAPE);
      browser.waitForText("[data-row='1']", "evil");
      assertThat(browser.place()).isEqualTo("/");
      browser.assertNoViolations();
    } finally {
      product.jdbc().update(verdict, (String) null);
    }
  }

  @Test
  void all_of_it_goes_by_keys() {
    browser.open(address(), "/");
    browser.waitFor("#sign-in[open]");
    browser.keys(RunningProduct.TOKEN, Keys.ENTER); // the field has the focus
    browser.waitForText("#grid", "bakery");

    browser.script("document.activeElement.blur()");
    browser.keys("/");
    browser.keys("a");
    browser.waitForText("#count", "of");
    browser.keys(Keys.ARROW_DOWN);
    browser.waitFor("[data-row='0']:focus");
    browser.keys(Keys.END);
    browser.keys(Keys.HOME);
    browser.keys(Keys.ARROW_DOWN);
    browser.waitFor("[data-row='1']:focus");
    String name = browser.text("[data-row='1'] a");
    browser.keys(Keys.ENTER);
    browser.waitForText("#site h2", name);
    browser.waitFor("#site a:focus");

    browser.keys(Keys.ESCAPE);
    browser.waitFor("[data-row='1']:focus");
    assertThat(browser.place()).isEqualTo("/?q=a");
    browser.keys(Keys.ESCAPE);
    browser.waitForText("#count", String.valueOf(SITES.length));
    assertThat(browser.place()).isEqualTo("/");
  }

  @ParameterizedTest
  @CsvSource({"light,1280", "dark,1280", "light,390", "dark,390"})
  void the_rules_of_accessibility_hold(String scheme, int width) {
    browser.scheme(scheme);
    browser.size(width, 844);
    browser.open(address(), "/");
    browser.waitFor("#sign-in[open]");
    browser.assertAccessible();
    signIn("/");
    browser.waitForText("#needs", "fails");
    browser.waitForText("#grid", "bakery");
    browser.assertNoViolations();
    browser.assertAccessible();
    signIn("/?site=fails");
    browser.click("#site .runs summary");
    browser.waitFor("#site .timeline li");
    browser.waitFor("#site .year td");
    browser.assertAccessible();
    assertThat(
            browser.number(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("nothing is wider than the screen")
        .isLessThanOrEqualTo(0);
  }

  @Test
  void a_token_that_may_only_read_has_no_button_that_changes_something() {
    product.request("halts");
    try {
      browser.signIn(address(), "/", READ);
      browser.waitForText("#facts", "signed in as wall (read)");
      browser.waitForText("#needs", "fails");
      browser.waitForText("#running", "halts");
      assertThat(browser.count("#needs button, #running button")).isZero();
      browser.click("[data-row='0'] a");
      browser.waitForText("#site h2", "bakery");
      browser.waitFor("#site dl");
      assertThat(browser.count("#site .head button, #site .pause")).isZero();
    } finally {
      browser.signIn(address(), "/", RunningProduct.TOKEN);
      browser.press("#running", "Stop");
      browser.press("#running", "Really stop?");
      browser.until("it has ended", () -> !browser.text("#running").contains("halts"));
    }
  }

  @Test
  void a_lost_connection_is_told_and_the_page_goes_on_when_it_is_back() throws Exception {
    try (Gateway gateway = new Gateway(address())) {
      URI way = URI.create("http://127.0.0.1:" + gateway.port());
      browser.signIn(way, "/", RunningProduct.TOKEN);
      browser.waitForText("#grid", "bakery");
      gateway.cut();
      browser.waitForText("#trouble", "Not connected since");
      assertThat(browser.text("#grid")).contains("bakery");
      gateway.mend();
      browser.until("the trouble is over", () -> browser.text("#trouble").isEmpty());
      product.backup("bakery");
      browser.until(
          "news come again",
          () -> browser.text("#facts").contains("as of") && browser.count("#grid .row") > 1);
      browser.assertNoViolations();
    }
  }

  /** Answers what {@code when} says of the path with this status, and all else as ever. */
  private void answer(String when, int status) {
    browser.script(
        """
        const real = window.real ??= window.fetch;
        window.lists = 0;
        window.fetch = (path, options) => {
          if (path.startsWith('/api/sites?')) window.lists++;
          return path.startsWith('%s') ? Promise.resolve(new Response('{"detail": "Refused here."}', {status: %d})) : real(path, options);
        };
        """
            .formatted(when, status));
  }

  @Test
  void nothing_is_called_good_by_a_message_while_no_answer_says_so() {
    signIn("/");
    browser.waitForText("#grid", "bakery");
    answer("/api/summary", 503);
    browser.waitForText("#sentence", "Refused here.");
    Object told =
        browser.later(
            """
            const done = arguments[0];
            new BroadcastChannel('camel-akeeba-backup').postMessage(['progress', {id: 'x', site: 'bakery', state: 'queued'}]);
            setTimeout(() => done(document.querySelector('#sentence').textContent), 300);
            """);
    assertThat(told).isEqualTo("Refused here.");
    answer("/none", 503);
    browser.until("the trouble is over", () -> browser.text("#trouble").isEmpty());
  }

  @Test
  void after_a_new_sign_in_the_sites_are_read_anew() {
    signIn("/");
    browser.waitForText("#grid", "bakery");
    answer("/api/summary", 401);
    browser.waitFor("#sign-in[open]");
    answer("/none", 401);
    browser.type("#token", RunningProduct.TOKEN, Keys.ENTER);
    browser.waitForNo("#sign-in[open]");
    browser.until("they are", () -> browser.number("window.lists") > 0);
  }

  @Test
  void a_change_that_is_told_while_the_sites_are_read_stays() {
    signIn("/?q=bakery");
    browser.waitForText("#grid", "bakery");
    browser.later(
        """
        const done = arguments[0], real = window.fetch, tabs = new BroadcastChannel('camel-akeeba-backup');
        window.fetch = async (path, options) => {
          const page = await real(path, options);
          if (!path.startsWith('/api/sites?')) return page;
          window.fetch = real;
          const [site] = await (await real('/api/sites?q=bakery')).json();
          tabs.postMessage(['site', {...site, state: 'missed'}]);
          setTimeout(done, 3000);
          await new Promise((later) => setTimeout(later, 500));
          return page;
        };
        tabs.postMessage(['reset']);
        """);
    assertThat(browser.text("[data-row='0']")).contains("missed");
  }

  @Test
  void three_tabs_share_one_stream_and_when_its_tab_closes_another_takes_it() {
    signIn("/?q=moves");
    for (int i = 0; i < 2; i++) {
      browser.newTab();
      browser.open(address(), "/?q=moves");
      browser.waitForText("#grid", "moves");
    }
    browser.until("one tab has the stream", () -> streams() == 1);
    product.request("moves");
    try {
      for (String tab : browser.tabs()) {
        browser.lookAt(tab);
        browser.waitFor("#running progress");
      }
      browser.lookAt(holder());
      browser.closeTab();
      browser.lookAt(browser.tabs().get(0));
      browser.until("another has it", () -> streams() == 1);
      for (String tab : browser.tabs()) {
        browser.lookAt(tab);
        browser.waitForChange("#running .what");
      }
    } finally {
      browser.press("#running", "Stop");
      browser.press("#running", "Really stop?");
      browser.waitForNo("#running progress");
    }
  }

  /** Each tab is asked; the one that is looked at stays it. */
  private long streams() {
    String here = browser.tab();
    long all = 0;
    for (String tab : browser.tabs()) {
      browser.lookAt(tab);
      all += browser.number("window.streams");
    }
    browser.lookAt(here);
    return all;
  }

  private String holder() {
    for (String tab : browser.tabs()) {
      browser.lookAt(tab);
      if (browser.number("window.streams") == 1) {
        return tab;
      }
    }
    throw new AssertionError("no tab has the stream");
  }

  @Test
  void the_csv_has_what_the_table_shows() {
    signIn("/?tag=customers");
    browser.waitForText("#count", "2 of");
    browser.script("URL.createObjectURL = (blob) => { window.saved = blob.text(); return '#'; };");
    browser.click("#csv");
    String text = String.valueOf(browser.later("saved.then(arguments[0])"));
    assertThat(text.lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("site,title,state,tags,last_good");
    assertThat(text).contains("'s bakery,completed,customers joomla,").contains("The disk is full");
  }
}
