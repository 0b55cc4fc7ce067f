[failed] ${site}<#if reminder>, still</#if><#if failures gt 1> (${failures} in a row)</#if><#if error??>: ${error.message}</#if>
