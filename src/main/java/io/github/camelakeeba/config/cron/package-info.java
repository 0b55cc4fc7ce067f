/** Schedules as people write them, read as Quartz cron expressions. */
@Internal
package io.github.camelakeeba.config.cron;

import io.github.camelakeeba.Internal;
