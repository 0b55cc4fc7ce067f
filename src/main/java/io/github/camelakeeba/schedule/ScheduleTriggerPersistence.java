package io.github.camelakeeba.schedule;

import io.github.camelakeeba.config.Schedule;
import java.time.ZoneId;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerPersistenceDelegateSupport;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerProperties;
import org.quartz.spi.OperableTrigger;

/** How Quartz stores a {@link ScheduleTrigger}; made by Quartz, by its name. */
public final class ScheduleTriggerPersistence
    extends SimplePropertiesTriggerPersistenceDelegateSupport {

  @Override
  public boolean canHandleTriggerType(OperableTrigger trigger) {
    return trigger instanceof ScheduleTrigger;
  }

  @Override
  public String getHandledTriggerTypeDiscriminator() {
    return "SCHEDULE"; // at most 8 characters
  }

  @Override
  protected SimplePropertiesTriggerProperties getTriggerProperties(OperableTrigger trigger) {
    Schedule schedule = ((ScheduleTrigger) trigger).schedule();
    SimplePropertiesTriggerProperties stored = new SimplePropertiesTriggerProperties();
    stored.setString1(schedule.cron());
    stored.setString2(schedule.zone().getId());
    return stored;
  }

  @Override
  protected TriggerPropertyBundle getTriggerPropertyBundle(
      SimplePropertiesTriggerProperties stored) {
    Schedule schedule = new Schedule(stored.getString1(), ZoneId.of(stored.getString2()));
    return new TriggerPropertyBundle(ScheduleTrigger.builder(schedule), null, null);
  }
}
