<?xml version="1.0" encoding="UTF-8"?>
<!-- Whether labels have room, for every sheet that lays out tables. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" exclude-result-prefixes="m">
  <!-- "yes" where a line of so many letters is too narrow for the labels of the fields: one has a
       word that does not fit, or runs over more lines than `lines`. -->
  <xsl:template name="too-narrow">
    <xsl:param name="fields"/>
    <xsl:param name="letters"/>
    <xsl:param name="lines" select="4"/>
    <xsl:variable name="found">
      <xsl:for-each select="$fields | $fields/m:details/m:field">
        <xsl:if test="string-length(@label) &gt; $letters * $lines">yes</xsl:if>
        <xsl:variable name="longest">
          <xsl:call-template name="longest-word">
            <xsl:with-param name="text" select="normalize-space(@label)"/>
          </xsl:call-template>
        </xsl:variable>
        <xsl:if test="$longest &gt; $letters">yes</xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="$found != ''">yes</xsl:if>
  </xsl:template>

  <!-- How many letters the longest word has. -->
  <xsl:template name="longest-word">
    <xsl:param name="text"/>
    <xsl:param name="so-far" select="0"/>
    <xsl:variable name="n" select="string-length(substring-before(concat($text, ' '), ' '))"/>
    <xsl:variable name="most" select="$n * ($n &gt; $so-far) + $so-far * ($n &lt;= $so-far)"/>
    <xsl:choose>
      <xsl:when test="contains($text, ' ')">
        <xsl:call-template name="longest-word">
          <xsl:with-param name="text" select="substring-after($text, ' ')"/>
          <xsl:with-param name="so-far" select="$most"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$most"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
