package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every shape in which people paste the address of a site is understood, or refused with a hint.
 */
class SiteAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://shop.example, https://shop.example/, -",
        "https://shop.example/, https://shop.example/, -",
        "' https://shop.example// ', https://shop.example/, -",
        "HTTPS://Shop.Example, https://Shop.Example/, -",
        "shop.example, https://shop.example/, -",
        "//shop.example/blog, https://shop.example/blog/, -",
        "shop.example:8443/blog, https://shop.example:8443/blog/, -",
        "localhost:8080, https://localhost:8080/, -",
        "http://shop.example, http://shop.example/, -",
        "https://shop.example/sub/folder, https://shop.example/sub/folder/, -",
        "https://shop.example/sub//folder///, https://shop.example/sub/folder/, -",
        "https://shop.example/index.php, https://shop.example/, -",
        "https://shop.example/blog/index.html, https://shop.example/blog/, -",
        "https://shop.example/index.php/en/news/12-a-page, https://shop.example/, -",
        "https://shop.example/?p=12, https://shop.example/, -",
        "https://shop.example/#top, https://shop.example/, -",
        "https://shop.example/administrator, https://shop.example/, JOOMLA",
        "https://shop.example/j/administrator/index.php?option=com_akeebabackup, https://shop.example/j/, JOOMLA",
        "https://shop.example/index.php?option=com_content&view=article, https://shop.example/, JOOMLA",
        "https://shop.example/api/index.php/v1, https://shop.example/, JOOMLA",
        "https://shop.example/api, https://shop.example/, JOOMLA",
        "https://blog.example/wp-admin, https://blog.example/, WORDPRESS",
        "https://blog.example/b/wp-admin/admin.php?page=akeebabackup, https://blog.example/b/, WORDPRESS",
        "https://blog.example/wp-admin/admin-ajax.php, https://blog.example/, WORDPRESS",
        "https://blog.example/wp-login.php?redirect_to=x, https://blog.example/, WORDPRESS",
        "https://müller.example/, https://xn--mller-kva.example/, -",
        "[2001:db8::1]/blog, https://[2001:db8::1]/blog/, -",
        "http://[2001:db8::1]:8080, http://[2001:db8::1]:8080/, -",
      })
  void the_address_of_a_site(String pasted, String url, AkeebaProduct product) {
    SiteAddress address = SiteAddress.parse(pasted);

    assertThat(address.url()).hasToString(url);
    assertThat(address.product()).isEqualTo(product);
    assertThat(address.endpoint()).isNull();
    assertThat(address.basicAuth()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://s.example/index.php?option=com_akeebabackup&view=api&format=raw, JOOMLA, V2",
    "https://s.example/en/index.php?option=com_akeeba&view=api&format=raw, JOOMLA, V2",
    "https://s.example/api/index.php/v2/akeebabackup, JOOMLA, V2",
    "https://s.example/api/v2/akeebabackup, JOOMLA, V2",
    "https://s.example/api/index.php/v3/akeebabackup, JOOMLA, V3",
    "https://s.example/api/v3/akeebabackup/getVersion, JOOMLA, V3",
    "https://s.example/wp-admin/admin-ajax.php?action=akeebabackup_api, WORDPRESS, V2",
    "https://s.example/solo/index.php?view=api&format=raw, SOLO, V2",
    "s.example/remote.php, SOLO, V2",
  })
  void an_exact_endpoint_is_taken_as_it_is(
      String pasted, AkeebaProduct product, ApiEndpoint.Version version) {
    SiteAddress address = SiteAddress.parse(pasted);

    assertThat(address.endpoint().product()).isEqualTo(product);
    assertThat(address.endpoint().version()).isEqualTo(version);
    String written = pasted.contains("://") ? pasted : "https://" + pasted;
    assertThat(address.url()).hasToString(written.replace("/getVersion", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "https://s.example/index.php?option=com_akeeba&view=json&format=component, https://s.example/",
    "https://s.example/j/index.php?option=com_akeebabackup&view=JSON, https://s.example/j/",
    "https://s.example/solo/remote.php?view=json, https://s.example/solo/",
    "https://s.example/wp-content/plugins/akeebabackupwp/app/index.php?view=json, https://s.example/",
  })
  void an_address_of_the_retired_api_is_known_as_that(String pasted, String url) {
    SiteAddress address = SiteAddress.parse(pasted);

    assertThat(address.apiV1()).isTrue();
    assertThat(address.endpoint()).isNull();
    assertThat(address.url()).hasToString(url);
    assertThat(SiteAddress.parse(pasted.replaceFirst("(?i)view=json", "view=api")).apiV1())
        .isFalse();
  }

  @Test
  void user_and_password_of_the_web_server_are_taken_out() {
    SiteAddress address = SiteAddress.parse("https://zo%C3%AB:pa%2Fss@shop.example/administrator/");

    assertThat(address.url()).hasToString("https://shop.example/");
    assertThat(address.basicAuth().reveal()).isEqualTo("zoë:pa/ss");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://",
        "https:///shop",
        "https:/shop.example",
        "http:shop.example",
        "ftp://shop.example",
        "mailto:ops@shop.example",
        "user:hunter3@shop.example",
        "https://shop example/",
        "https://shop.example:99999/",
        "https://shop.example/?_akeebaAuth=hunter3",
        "https://hunter3@shop.example",
        "C:\\sites\\shop",
      })
  void what_is_no_address_is_refused_without_being_repeated(String pasted) {
    assertThatThrownBy(() -> SiteAddress.parse(pasted))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter")
        .matches("(?s)(must|has) .+");
  }
}
