[digest] ${sum}<#if common??>: ${common}</#if>
