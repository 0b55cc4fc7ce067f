package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloaded archives are listed and fetched; nothing else of the machine is. */
class ArchivesByApiTest {
  private static final long LARGE = 3L << 30; // bytes

  @TempDir static Path folder;
  private static Path archives;
  private static RunningProduct product;
  private static ApiClient api;
  private static JsonNode archive;
  private static String name;
  private static byte[] content;

  @BeforeAll
  static void start() throws Exception {
    archives = folder.resolve("archives/shop");
    product = new RunningProduct(folder).api();
    product
        .site(
            "shop",
            product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url(),
            "download: {to: archives/shop}")
        .site("blog", product.server().joomla("blog").url())
        .start();
    api = new ApiClient(product);
    product.backup("shop");
    archive = api.get("/api/archives?site=shop").json().get(0);
    name = archive.at("/files/0/name").asText();
    content = Files.readAllBytes(archives.resolve(name));
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static String address(String file) {
    return address(archive.path("id").asText(), file);
  }

  private static String address(String id, String file) {
    String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    return "/api/archives/" + id + "/" + encoded;
  }

  private static String header(ApiClient.Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse(null);
  }

  /** A row of the catalog, as {@code ArchiveRetention} writes it; gives the archive's id. */
  private static String catalogued(String site, String backupid, Path place, String... files) {
    product
        .jdbc()
        .update(
            "insert into archive (site, backupid, record_id, profile, run, begun_at, kept_at, place,"
                + " local, files, size, readable) values (?, ?, 1, 1, 'r', current_timestamp,"
                + " current_timestamp, ?, true, ?, 1, true)",
            site,
            backupid,
            place.toString(),
            String.join("\n", files));
    return id(site + "/" + backupid);
  }

  private static String id(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ApiClient.Answer answer, int status, String sentence) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    problem(answer, sentence);
  }

  @Test
  void an_archive_is_listed_with_its_files_and_their_checksums() throws Exception {
    assertThat(archive.path("site").asText()).isEqualTo("shop");
    assertThat(archive.path("run").asText()).startsWith("shop-");
    assertThat(archive.path("local").asBoolean()).isTrue();
    assertThat(archive.path("location").asText()).isEqualTo(archives.toString());
    JsonNode file = archive.at("/files/0");
    assertThat(file.path("size").asLong()).isEqualTo(content.length);
    assertThat(file.path("sha256").asText())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    refused(api.get("/api/archives?site=nix"), 404, "there is no such site");
    refused(api.get("/api/archives?limit=0"), 400, "the parameter 'limit' is a whole number");
  }

  @Test
  void a_file_comes_as_an_attachment_of_its_name() throws Exception {
    ApiClient.Answer whole = api.get(address(name), "Accept-Encoding", "gzip");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.response().body()).isEqualTo(content);
    assertThat(header(whole, "Content-Length")).isEqualTo(String.valueOf(content.length));
    assertThat(header(whole, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(whole, "Content-Encoding")).isNull();
    assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(whole, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(whole, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(name, name));
    assertThat(header(whole, "ETag")).isEqualTo('"' + archive.at("/files/0/sha256").asText() + '"');
  }

  @Test
  void a_name_that_is_no_header_is_made_one() throws Exception {
    String odd = "a \"b\" é;+.jpa";
    Files.writeString(archives.resolve(odd), "odd");
    ApiClient.Answer file = api.get(address(catalogued("shop", "odd", archives, odd), odd));
    assertThat(file.status()).as(file.text()).isEqualTo(200);
    assertThat(file.text()).isEqualTo("odd");
    assertThat(header(file, "Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"a _b_ ___.jpa\";"
                + " filename*=UTF-8''a%20%22b%22%20%C3%A9%3B%2B.jpa");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-9 | 0 | 10",
        "bytes=10- | 10 | -1",
        "bytes=-7 | -7 | -1",
        "bytes=5-99999999999999999 | 5 | -1",
        "Bytes=3-3 | 3 | 4"
      })
  void a_part_of_a_file_can_be_had(String range, int from, int to) throws Exception {
    ApiClient.Answer part = api.get(address(name), "Range", range);
    int first = from < 0 ? content.length + from : from;
    int end = to < 0 ? content.length : to;
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.response().body()).isEqualTo(Arrays.copyOfRange(content, first, end));
    assertThat(header(part, "Content-Range"))
        .isEqualTo("bytes %s-%s/%s".formatted(first, end - 1, content.length));
    assertThat(header(part, "Content-Length")).isEqualTo(String.valueOf(end - first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=9-3", "lines=1-2", "bytes=-", "bytes=0-1,3-4", "bytes=x-"})
  void a_part_that_can_not_be_understood_is_the_whole_file(String range) throws Exception {
    ApiClient.Answer whole = api.get(address(name), "Range", range);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.response().body()).isEqualTo(content);
  }

  @Test
  void a_part_behind_the_end_is_none() throws Exception {
    for (String range : new String[] {"bytes=" + content.length + "-", "bytes=-0"}) {
      ApiClient.Answer none = api.get(address(name), "Range", range);
      refused(none, 416, "the file has %s bytes, and none of these".formatted(content.length));
      assertThat(header(none, "Content-Range")).isEqualTo("bytes */" + content.length);
    }
  }

  @Test
  void the_rest_of_a_file_that_has_changed_is_the_whole_file() throws Exception {
    String tag = '"' + archive.at("/files/0/sha256").asText() + '"';
    assertThat(api.get(address(name), "Range", "bytes=5-", "If-Range", tag).status())
        .isEqualTo(206);
    assertThat(api.get(address(name), "Range", "bytes=5-", "If-Range", "\"other\"").status())
        .isEqualTo(200);
  }

  @Test
  void a_file_of_three_gibibytes_is_sent_as_it_is_read() throws Exception {
    Path large = archives.resolve("large.jpa");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(LARGE);
      sparse.seek(LARGE - 3);
      sparse.write(new byte[] {7, 8, 9});
    }
    String address = address(catalogued("shop", "large", archives, "large.jpa"), "large.jpa");
    ApiClient.Answer end = api.get(address, "Range", "bytes=-3");
    assertThat(end.response().body()).containsExactly(7, 8, 9);
    assertThat(header(end, "Content-Range"))
        .isEqualTo("bytes %s-%s/%s".formatted(LARGE - 3, LARGE - 1, LARGE));
    HttpResponse<InputStream> whole =
        HttpClient.newHttpClient().send(api.request(address).build(), BodyHandlers.ofInputStream());
    try (InputStream body = whole.body()) {
      // the first bytes come although nobody takes the rest: nothing gathers it
      assertThat(body.readNBytes(1 << 20)).hasSize(1 << 20);
      assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
    }
    Files.delete(large);
  }

  @Test
  void a_file_that_is_gone_is_told_so() throws Exception {
    String id = catalogued("shop", "gone", archives, "gone.jpa");
    refused(api.get(address(id, "gone.jpa")), 410, "the file gone.jpa is not there any more");
    JsonNode files = null;
    for (JsonNode one : api.get("/api/archives?site=shop").json()) {
      files = one.path("backupid").asText().equals("gone") ? one.path("files") : files;
    }
    assertThat(files.toString())
        .isEqualTo("[{\"name\":\"gone.jpa\",\"size\":null,\"sha256\":null}]");
  }

  @Test
  void a_file_that_is_not_of_the_archive_is_refused() throws Exception {
    Files.writeString(archives.resolve("other.txt"), "not ours");
    for (String other : new String[] {"other.txt", "SHA256SUMS", name + "x"}) {
      assertThat(api.get(address(other)).status()).as(other).isIn(400, 404);
    }
    refused(api.get(address("other.txt")), 404, "the archive has no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../config/application.properties", "sub/file.jpa", "/etc/passwd"})
  void a_way_out_of_the_folder_is_refused_even_if_the_catalog_names_it(String way)
      throws Exception {
    Files.createDirectories(archives.resolve("sub"));
    Files.writeString(archives.resolve("sub/file.jpa"), "not ours");
    String id = catalogued("shop", "way " + way, archives, way);
    // with the slash encoded the web server refuses the address itself
    ApiClient.Answer answer = api.get(address(id, way));
    assertThat(answer.status()).as(answer.text()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("token", "root:", "not ours");
    for (JsonNode one : api.get("/api/archives?site=shop").json()) {
      if (one.path("backupid").asText().equals("way " + way)) {
        assertThat(one.at("/files/0/size").isNull()).isTrue();
      }
    }
  }

  @Test
  void a_link_out_of_the_folder_is_refused() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(archives.resolve("link.jpa"), secret);
    String id = catalogued("shop", "link", archives, "link.jpa");
    refused(api.get(address(id, "link.jpa")), 410, "the file link.jpa is not there any more");
  }

  @Test
  void an_archive_in_another_folder_is_refused() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("a.jpa"), "not ours");
    String shop = catalogued("shop", "elsewhere", elsewhere, "a.jpa");
    refused(api.get(address(shop, "a.jpa")), 404, "which is not the download folder of shop");
    String blog = catalogued("blog", "elsewhere", elsewhere, "a.jpa");
    refused(api.get(address(blog, "a.jpa")), 404, "which is not the download folder of blog");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nix", "shop/nothing", "nosite/x", "shop", "", "shop/../blog", "' or 1=1 --/x"})
  void an_id_that_was_not_given_is_refused(String key) throws Exception {
    String id = key.equals("nix") ? "%3f%3f" : id(key);
    ApiClient.Answer answer = api.get("/api/archives/" + (id.isEmpty() ? "x" : id) + "/a.jpa");
    refused(answer, 404, "there is no such archive");
  }

  @Test
  void an_archive_of_a_site_that_is_not_configured_any_more_is_refused() throws Exception {
    Files.writeString(archives.resolve("old.jpa"), "old");
    String id = catalogued("taken-out", "old", archives, "old.jpa");
    refused(api.get(address(id, "old.jpa")), 404, "there is no such archive");
  }

  @Test
  void nobody_fetches_anything_without_the_token() throws Exception {
    assertThat(api.send(api.bare(address(name)).GET()).status()).isEqualTo(401);
  }
}
