package com.example.shop;

import io.github.camelakeeba.embed.BackupModule;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The routes are in src/main/resources/camel, the sites in sites.yaml. */
@SpringBootApplication
public class Application {
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  /** All that it takes: backups run in this application's Camel context. */
  @Bean
  BackupModule backups() {
    return new BackupModule();
  }
}
