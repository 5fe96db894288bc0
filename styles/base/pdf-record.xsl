<?xml version="1.0" encoding="UTF-8"?>
<!-- The finished record: the same form as a document to read and keep. Answers are text, what was
     not answered says so and why, and what only helps with filling in is left out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns="urn:formc:layout:1" exclude-result-prefixes="m th">
  <xsl:import href="formc:pdf.xsl"/>

  <!-- Help for the pen goes. What says what the document is and rests on stays. -->
  <xsl:variable name="help" select="false()"/>
  <xsl:template match="m:hint" mode="show"/>
  <xsl:template match="m:prompts | m:note[@kind = 'help' or @kind = 'instruction']"/>

  <xsl:template name="status">
    <xsl:if test="$form/@status = 'draft'">
      <xsl:text> · </xsl:text>
      <b><xsl:value-of select="key('words', 'draft')"/></b>
    </xsl:if>
    <xsl:value-of select="concat(' · ', key('words', 'record'))"/>
  </xsl:template>

  <xsl:template name="subtitle">
    <xsl:if test="$form/m:stages/m:stage">
      <xsl:text> · </xsl:text>
      <xsl:call-template name="say"><xsl:with-param name="id" select="'stage'"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A repeat of which nothing was filled in is one line. -->
  <xsl:template match="m:repeat">
    <fx:when rows="{@path}"><xsl:apply-imports/></fx:when>
    <fx:when no-rows="{@path}">
      <xsl:if test="@label != '' and @level"><xsl:call-template name="heading"/></xsl:if>
      <p style="unsaid"><xsl:value-of select="key('words', 'no-answer')"/></p>
    </fx:when>
  </xsl:template>

  <!-- Nothing is filled in any more. -->
  <xsl:template name="how"/>
  <xsl:template name="who"/>
  <xsl:template name="further"/>
  <xsl:template name="further-here"/>

  <xsl:template name="place">
    <xsl:variable name="path" select="@path"/>
    <fx:when answered="{$path}">
      <p style="said" space="keep" dir="auto"><fx:value field="{$path}" as="text"/></p>
    </fx:when>
    <fx:when untouched="{$path}"><p style="unsaid"><xsl:value-of select="key('words', 'no-answer')"/></p></fx:when>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'not-asked'"/>
    </xsl:call-template>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'asked-unknown'"/>
    </xsl:call-template>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'asked-declined'"/>
    </xsl:call-template>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'not-applicable'"/>
    </xsl:call-template>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'unknown'"/>
    </xsl:call-template>
    <xsl:call-template name="reason">
      <xsl:with-param name="reason" select="'masked'"/>
    </xsl:call-template>
    <fx:when conflict="{$path}">
      <p style="conflict"><b><xsl:value-of select="key('words', 'other-answer')"/></b></p>
      <p style="said" space="keep" dir="auto"><fx:value field="{$path}" as="visible"/></p>
      <fx:when conflict-blank="{$path}">
        <p style="unsaid"><xsl:value-of select="key('words', 'no-answer')"/></p>
      </fx:when>
    </fx:when>
    <xsl:if test="@type = 'mark'">
      <fx:when stale="{$path}"><p style="conflict"><b><xsl:value-of select="key('words', 'stale')"/></b></p></fx:when>
    </xsl:if>
  </xsl:template>

  <xsl:template name="reason">
    <xsl:param name="reason"/>
    <fx:when field="{@path}" reason="{$reason}">
      <p style="unsaid"><xsl:value-of select="key('words', concat('why-', $reason))"/></p>
    </fx:when>
  </xsl:template>
</xsl:stylesheet>
