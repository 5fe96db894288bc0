<?xml version="1.0" encoding="UTF-8"?>
<!-- The words that a Word document adds to those of the form: page furniture, placeholders, the
     names of tables for screen readers; and the names of the placeholders. The placeholder of a
     control and the entry of the glossary must say the same, so both take them from here. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:variable name="word-version" select="'Version'"/>
  <xsl:variable name="word-draft" select="'Draft'"/>
  <xsl:variable name="word-draft-header" select="'DRAFT'"/>
  <xsl:variable name="word-page" select="'Page '"/>
  <xsl:variable name="word-of" select="' of '"/>
  <xsl:variable name="word-plan" select="'Plan '"/>
  <xsl:variable name="word-row" select="'row '"/>
  <xsl:variable name="word-stale" select="'Answers were changed after this was signed.'"/>
  <xsl:variable name="word-not-listed" select="'An answer that is not in the list: '"/>
  <xsl:variable name="word-table"
    select="'Each row has a question and, beside it, a place for the answer.'"/>
  <xsl:variable name="word-table-rows"
    select="'The first row names the columns. Each row below has one place for an answer in every column.'"/>

  <xsl:variable name="place-text" select="'Click to enter text'"/>
  <xsl:variable name="place-date" select="'dd/mm/yyyy'"/>
  <xsl:variable name="place-part-date" select="'yyyy, mm/yyyy or dd/mm/yyyy'"/>
  <xsl:variable name="place-choice" select="'Choose'"/>
  <xsl:variable name="place-mark" select="'Sign or type your name'"/>
</xsl:stylesheet>
