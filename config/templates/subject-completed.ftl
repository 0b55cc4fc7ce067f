[completed] ${site}: ${size!"done"}<#if duration??> in ${duration}</#if>
