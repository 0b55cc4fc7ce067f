/** What the user configured: sites, schedules, limits, channels, rules, triggers. */
package io.github.camelakeeba.config;
