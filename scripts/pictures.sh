# Read by run and by scripts/make-pictures: pictures of pages.

PICTURE_DPI=80 # a page of A4 is 661 x 936 pixels: readable, and quick to look through

# pdf_pictures FILE.pdf PREFIX: PREFIX-1.png, PREFIX-2.png ... (as many digits as are needed).
pdf_pictures() {
    pdftoppm -r "$PICTURE_DPI" -png "$1" "$2"
}

# word_pictures FILE.docx PREFIX: the same of a Word document, as LibreOffice lays it out.
word_pictures() {
    scratch=$(mktemp -d)
    # A profile of its own: works without a home folder and beside a LibreOffice that is open.
    soffice "-env:UserInstallation=file://$scratch/profile" --headless --convert-to pdf \
        --outdir "$scratch" "$1" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; rm -rf "$scratch"; return 1; }
    pdf_pictures "$scratch/$(basename "$1" .docx).pdf" "$2"
    rm -rf "$scratch"
}
