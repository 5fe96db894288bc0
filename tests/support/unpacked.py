"""What a PDF says, as text: qpdf writes it anew with nothing compressed and no packed objects."""
import subprocess


def unpacked(path):
    """The bytes. For tests that look for a word, or change one for another of the same length."""
    return subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True).stdout
