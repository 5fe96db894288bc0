<?xml version="1.0" encoding="UTF-8"?>
<!-- What every part of a Word document needs to say something: formc's words, and the language and
     direction of a run and of a paragraph where they are not those of the document (17.3.2.20,
     17.3.2.30, 17.3.1.6). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m">
  <xsl:include href="formc:words.xsl"/>

  <!-- rPr of a run: bold or italic, right to left, and the language where it is not that of the
       form. The current node says which it is in. -->
  <xsl:template name="language">
    <xsl:param name="more"/>
    <xsl:param name="style"/>
    <xsl:param name="lang" select="string(ancestor-or-self::*[@lang][1]/@lang)"/>
    <xsl:param name="dir" select="string(ancestor-or-self::*[@lang][1]/@dir)"/>
    <xsl:variable name="other" select="$lang != '' and $lang != /m:form/@lang"/>
    <xsl:if test="string($more) != '' or string($style) != '' or $other or $dir = 'rtl'">
      <w:rPr>
        <xsl:if test="$style != ''"><w:rStyle w:val="{$style}"/></xsl:if>
        <xsl:if test="$more = 'b'"><w:b/><w:bCs/></xsl:if>
        <xsl:if test="$more = 'i'"><w:i/><w:iCs/></xsl:if>
        <xsl:if test="$dir = 'rtl'"><w:rtl/></xsl:if>
        <xsl:if test="$other"><w:lang w:val="{$lang}" w:bidi="{$lang}"/></xsl:if>
      </w:rPr>
    </xsl:if>
  </xsl:template>

  <!-- In pPr, behind keepNext and keepLines. -->
  <xsl:template name="direction">
    <xsl:param name="dir" select="string(ancestor-or-self::*[@lang][1]/@dir)"/>
    <xsl:if test="$dir != '' and $dir != /m:form/@dir">
      <w:bidi w:val="{number($dir = 'rtl')}"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
