<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of the PDF that are not the form's own. A theme or a language brings its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:variable name="word-version" select="'Version'"/>
  <xsl:variable name="word-draft" select="'Draft'"/>
  <xsl:variable name="word-plan" select="'Plan'"/>
  <xsl:variable name="word-page" select="'Page'"/>
  <xsl:variable name="word-of" select="'of'"/>
  <xsl:variable name="word-row" select="'row'"/>
  <xsl:variable name="word-date-help" select="'dd/mm/yyyy'"/>
  <xsl:variable name="word-part-date-help" select="'yyyy, mm/yyyy or dd/mm/yyyy'"/>
  <xsl:variable name="word-stale" select="'Answers were changed after this was signed.'"/>
  <xsl:variable name="word-not-listed" select="'An answer that is not in the list:'"/>
  <xsl:variable name="word-held"
    select="'This answer is too long for a form. It is kept in the plan that came with this form.'"/>
  <xsl:variable name="word-shaped"
    select="'Some programs cannot draw these letters again once the answer is changed. What is stored stays right.'"/>
  <xsl:variable name="word-sign" select="'place for a digital signature'"/>
  <!-- of records -->
  <xsl:variable name="word-record" select="'Record'"/>
  <xsl:variable name="word-stage" select="'Stage:'"/>
  <xsl:variable name="word-no-answer" select="'No answer'"/>
  <xsl:variable name="word-not-asked" select="'Not asked'"/>
  <xsl:variable name="word-asked-unknown" select="'Asked, and not known'"/>
  <xsl:variable name="word-asked-declined" select="'Asked, and the person did not want to say'"/>
  <xsl:variable name="word-not-applicable" select="'Does not apply'"/>
  <xsl:variable name="word-unknown" select="'Not known'"/>
  <xsl:variable name="word-masked" select="'Left out of this copy'"/>
  <xsl:variable name="word-conflict"
    select="'Two different answers came in. The other one is:'"/>
</xsl:stylesheet>
