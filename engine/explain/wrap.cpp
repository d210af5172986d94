// Breaking text into lines.
#include "engine/explain/wrap.h"

#include "engine/explain/words.h"

namespace assay {

namespace {

// Bytes of the first `columns` code points.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  while (at < text.size() && columns > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u) ++at;
    --columns;
  }
  return at;
}

// Where to break a word that is longer than a line: after its last slash, as in an address, else where the line ends.
std::size_t cut_inside(std::string_view fits) {
  const std::size_t slash = fits.rfind('/');
  return slash == std::string_view::npos || slash == 0 ? fits.size() : slash + 1;
}

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string_view> lines;
  if (columns == 0) columns = 1;
  while (columns_of(text) > columns) {
    const std::size_t fits = bytes_of(text, columns);
    std::size_t cut = text[fits] == ' ' ? fits : text.rfind(' ', fits);
    if (cut == std::string_view::npos || cut == 0) cut = cut_inside(text.substr(0, fits));
    lines.push_back(text.substr(0, cut));
    text.remove_prefix(cut);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  if (!text.empty() || lines.empty()) lines.push_back(text);
  return lines;
}

}  // namespace assay
