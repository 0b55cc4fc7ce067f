package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A person at a Chromium without a window: the Debian packages {@code chromium} and {@code
 * chromium-driver}. Elements are named by selectors; whatever is looked for may still be coming.
 */
final class Browser implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("browser.patience", 90));

  /** Runs before the page does, in each tab: counts streams, and notes what the policy refused. */
  private static final String WATCH =
      """
      window.violations = [];
      window.streams = 0;
      addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.sourceFile));
      addEventListener('error', (e) => violations.push('error ' + e.message));
      addEventListener('unhandledrejection', (e) => violations.push('rejected ' + e.reason));
      const Stream = window.EventSource;
      window.EventSource = class extends Stream {
        constructor(...a) { super(...a); window.streams++; }
        close() { if (this.readyState !== 2) window.streams--; super.close(); }
      };
      """;

  private final ChromeDriver driver;

  Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--no-first-run");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    size(1280, 800);
    watch();
  }

  private static Path program(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is not there: apt-get install chromium chromium-driver"));
  }

  private void watch() {
    devtools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
  }

  void devtools(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** {@code dark} or {@code light}. */
  void scheme(String scheme) {
    devtools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void open(URI address, String path) {
    driver.get(address + path);
  }

  /** By the link with the token; waits until there is something to see. */
  void signIn(URI address, String path, String token) {
    open(address, path + "#token=" + token);
    waitFor("#sentence");
    until("the page is there", () -> find("#main").isDisplayed());
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** What is after the host and port. */
  String place() {
    return address().replaceFirst("^https?://[^/]+", "");
  }

  String title() {
    return driver.getTitle();
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** A further tab, which is looked at from now on. */
  void newTab() {
    driver.switchTo().newWindow(WindowType.TAB);
    watch();
  }

  List<String> tabs() {
    return new ArrayList<>(driver.getWindowHandles());
  }

  String tab() {
    return driver.getWindowHandle();
  }

  void lookAt(String tab) {
    driver.switchTo().window(tab);
  }

  void closeTab() {
    driver.close();
  }

  private WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** What the element shows; empty where there is none, or it is hidden. */
  String text(String selector) {
    return String.valueOf(
        script(
            "const e = document.querySelector(arguments[0]); return e?.checkVisibility() ? e.innerText : ''",
            selector));
  }

  void waitFor(String selector) {
    until("there is " + selector, () -> count(selector) > 0);
  }

  void waitForNo(String selector) {
    until("there is no " + selector, () -> count(selector) == 0);
  }

  /** Waits until the element shows this, among other text. */
  void waitForText(String selector, String part) {
    until(selector + " says: " + part, () -> text(selector).contains(part));
  }

  /** Waits until the element shows something else than now. */
  void waitForChange(String selector) {
    String now = text(selector);
    until(selector + " moves on", () -> !text(selector).isEmpty() && !text(selector).equals(now));
  }

  void until(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(
            e -> e instanceof WebDriverException && !(e.getMessage() + "").contains("session"))
        .until(condition);
  }

  /** Again where the page has drawn it anew in between. */
  void click(String selector) {
    waitFor(selector);
    until(
        "clicked " + selector,
        () -> {
          try {
            WebElement element = find(selector);
            script("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
            return true;
          } catch (StaleElementReferenceException e) {
            return false;
          }
        });
  }

  /** Presses the button of this label below the selector. */
  void press(String below, String label) {
    until(
        below + " has the button " + label,
        () -> {
          for (WebElement button : driver.findElements(By.cssSelector(below + " button"))) {
            if (button.getText().equals(label) && button.isEnabled()) {
              script("arguments[0].scrollIntoView({block: 'center'})", button);
              button.click();
              return true;
            }
          }
          return false;
        });
  }

  void type(String selector, CharSequence... keys) {
    waitFor(selector);
    find(selector).sendKeys(keys);
  }

  /** Keys without a mouse: they go where the focus is. */
  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  Object later(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  long number(String script) {
    return ((Number) script("return " + script)).longValue();
  }

  /** What the policy has refused in this tab since it was loaded, and errors of our own code. */
  void assertNoViolations() {
    assertThat(script("return window.violations")).isEqualTo(List.of());
  }

  /** axe-core's rules, without what is worth a hint only. */
  void assertAccessible() {
    devtools("Page.setBypassCSP", Map.of("enabled", true)); // for the driver's script only
    script(axe());
    Object found =
        later(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations
              .filter((one) => ['serious', 'critical'].includes(one.impact))
              .map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary.slice(0, 240)).join(' | '))),
              (error) => done(['axe: ' + error]));
            """);
    assertThat((List<?>) found).as("serious findings at " + place()).isEmpty();
  }

  private static String axe() {
    try (InputStream in =
        Browser.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two frames later what was written is drawn. */
  void settle() {
    later("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
  }

  /** A picture of what is seen, as PNG. */
  void picture(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  Set<String> cookies() {
    return driver.manage().getCookies().stream()
        .map(cookie -> cookie.getName())
        .collect(java.util.stream.Collectors.toSet());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
