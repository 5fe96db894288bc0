<?xml version="1.0" encoding="UTF-8"?>
<!-- Where references lead, for every sheet that makes links of them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" exclude-result-prefixes="m">
  <!-- What there is at a path, and what refers to it. -->
  <xsl:key name="at" match="m:section | m:group | m:repeat | m:signature | m:field" use="@path"/>
  <xsl:key name="refs" match="m:ref" use="@path"/>

  <!-- The path of the place that the current reference leads to. A question that repeats has no one
       place, and a repeat without a heading none that is sure: what leads there, leads to what it
       stands in. -->
  <xsl:template name="leads-to">
    <xsl:value-of select="key('at', @path)/ancestor-or-self::m:*[self::m:section or self::m:group or
        self::m:signature or self::m:repeat[@label != '' and @level] or
        self::m:field[not(@container != '')]][1]/@path"/>
  </xsl:template>

  <!-- "yes" when the current node may be a place that something leads to. -->
  <xsl:template name="led-to">
    <xsl:variable name="refs" select="key('refs', @path) | key('refs', self::m:repeat/m:field//@path) |
        key('refs', .//m:repeat[not(@label != '' and @level)]/descendant-or-self::m:*/@path)"/>
    <xsl:if test="not(@container != '') and $refs[$help or not(ancestor::m:hint or ancestor::m:prompts
        or ancestor::m:note[@kind = 'help' or @kind = 'instruction'])]">yes</xsl:if>
  </xsl:template>

  <!-- Whether what only helps with filling in is shown, and the links in it. -->
  <xsl:variable name="help" select="true()"/>
</xsl:stylesheet>
