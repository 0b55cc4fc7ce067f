package io.github.camelakeeba.simulator.http;

/** The HTML pages that come in place of an answer, as captured. */
public final class HtmlErrorPages {
  public static final String NOT_FOUND =
      "<!DOCTYPE html>\n<html lang=\"en-gb\" dir=\"ltr\"><head><title>Error: 404</title></head>\n"
          + "<body><h1 class=\"page-header\">The requested page can't be found.</h1>\n"
          + "<blockquote><span>404</span> Component not found.</blockquote></body></html>\n";
  public static final String DATABASE_DOWN =
      "<h1>Error establishing a database connection</h1>\n<p>This either means that the username"
          + " and password information in your <code>wp-config.php</code> file is incorrect or that"
          + " contact with the database server could not be established.</p>\n";
  public static final String CRITICAL =
      "<p>There has been a critical error on this website.</p>"
          + "<p><a href=\"https://wordpress.org/documentation/article/faq-troubleshooting/\">"
          + "Learn more about troubleshooting WordPress.</a></p>";

  private HtmlErrorPages() {}

  /** The page of a gateway: nginx's own. */
  public static String gateway(int status, String reason) {
    return "<html>\r\n<head><title>%1$d %2$s</title></head>\r\n<body>\r\n<center><h1>%1$d %2$s</h1>"
            .formatted(status, reason)
        + "</center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n";
  }
}
