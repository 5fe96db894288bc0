<?xml version="1.0" encoding="UTF-8"?>
<!-- What is still missing in a plan, and whose job it is: a page to hand round. It shows what the
     rules find, for each who completes a part of the form, and no answer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns="urn:formc:layout:1" exclude-result-prefixes="m th">
  <xsl:import href="formc:pdf.xsl"/>

  <xsl:template name="document-title">
    <xsl:value-of select="concat(key('words', 'missing'), ': ', $form/@title)"/>
  </xsl:template>

  <xsl:template name="title">
    <h level="1" style="title" outline="no"><xsl:value-of select="key('words', 'missing')"/></h>
    <p style="lead"><xsl:call-template name="title-tongue"/><b><xsl:value-of select="$form/@title"/></b></p>
  </xsl:template>

  <xsl:template name="pages">
    <p style="short">
      <fx:when checked-stage="yes">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-at'"/></xsl:call-template>
      </fx:when>
      <fx:when checked-stage="no">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-on'"/></xsl:call-template>
      </fx:when>
      <xsl:text>. </xsl:text>
      <fx:when checked-party="yes">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-party'"/></xsl:call-template>
        <xsl:text> </xsl:text>
      </fx:when>
      <xsl:value-of select="key('words', 'missing-shows')"/>
    </p>
    <fx:when findings="none"><p style="body"><b><xsl:value-of select="key('words', 'missing-nothing')"/></b></p></fx:when>
    <fx:owners>
      <h level="2" style="h3"><fx:value as="owners"/></h>
      <table columns="46 54" rule="{$colour/@rule}" pad="{4 * $unit}" side="{$side}">
        <row header="yes">
          <cell head="column" fill="{$colour/@shade}">
            <p style="column"><xsl:value-of select="key('words', 'missing-question')"/></p>
          </cell>
          <cell head="column" fill="{$colour/@shade}">
            <p style="column"><xsl:value-of select="key('words', 'missing-to-do')"/></p>
          </cell>
        </row>
        <fx:findings>
          <row>
            <cell head="row">
              <p style="label"><b><fx:value as="question"/></b></p>
              <fx:when finding="part"><p style="hint"><fx:value as="part"/></p></fx:when>
            </cell>
            <cell>
              <p style="label">
                <fx:when finding="error"><b><xsl:value-of select="key('words', 'missing-error')"/></b></fx:when>
                <fx:when finding="warning"><b><xsl:value-of select="key('words', 'missing-warning')"/></b></fx:when>
                <fx:when finding="advice"><b><xsl:value-of select="key('words', 'missing-advice')"/></b></fx:when>
                <xsl:text> </xsl:text>
                <fx:value as="finding"/>
                <fx:when finding="why"><xsl:text> (</xsl:text><fx:value as="why"/><xsl:text>)</xsl:text></fx:when>
              </p>
            </cell>
          </row>
        </fx:findings>
      </table>
    </fx:owners>
  </xsl:template>
</xsl:stylesheet>
