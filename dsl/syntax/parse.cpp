// The loop over declarations: look over the characters, read, lower; what is broken is reported once and dropped.
#include "dsl/syntax/parse.h"

#include <algorithm>

#include <fmt/format.h>

#include "dsl/syntax/characters.h"
#include "dsl/syntax/lowering.h"
#include "dsl/syntax/read.h"
#include "dsl/syntax/split.h"
#include "dsl/syntax/tokens.h"
#include "dsl/syntax/unread.h"
#include "dsl/syntax/words.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

using namespace syntax;

class FileReader {
 public:
  FileReader(const Sources& sources, FileId file, ast::Tree& tree, DiagnosticSink& sink)
      : sources_(sources),
        file_(file),
        text_(sources.file(file).text()),
        tree_(tree),
        sink_(sink),
        lowering_(sources, file, tree, sink) {}

  void read_all() {
    if (text_.size() > kFileBytesMax) {
      sink_.add({DiagnosticKind::FileTooLong,
                 {file_, 0, 0},
                 fmt::format("the file is {} bytes long; at most {} are read", text_.size(), kFileBytesMax),
                 {},
                 "split it: all files of a ruleset are read together"});
      return;
    }
    const std::vector<Piece> pieces = split(text_);
    before_the_first(pieces.front());
    for (auto piece = pieces.begin() + 1; piece != pieces.end(); ++piece) read_piece(*piece);
  }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  // Whether the bytes of the piece itself are text; those of the comments after it are looked at as well.
  bool good_bytes(const Piece& piece) {
    const auto fault = check_bytes(text_.substr(0, piece.until), piece.begin);
    if (!fault) return true;
    const Span at = span(fault->begin, fault->end);
    const LineColumn place = sources_.file(file_).position(at.begin);
    sink_.add({fault->kind,
               at,
               fmt::format("{} (row {}, column {})", fault->message, place.line, place.column),
               {},
               fault->help});
    return fault->begin >= piece.end;
  }

  void before_the_first(const Piece& piece) {
    if (!good_bytes(piece) || piece.begin == piece.end) return;
    const std::size_t line_end = std::min(text_.find('\n', piece.begin), piece.end);
    sink_.add({DiagnosticKind::OutsideDeclaration,
               span(piece.begin, line_end),
               "this stands before the first declaration",
               {},
               "a declaration starts with its word in column one, such as `ruleset`"});
  }

  void read_piece(const Piece& piece) {
    if (!good_bytes(piece)) return drop(piece);
    const std::string_view text = text_.substr(0, piece.end);
    const std::string_view keyword = text.substr(piece.begin, name_end(text, piece.begin) - piece.begin);
    if (std::ranges::find(declaration_words(), keyword) == declaration_words().end())
      return unknown_declaration(piece, keyword);
    if (const auto fault = check_characters(text, piece.begin)) {
      sink_.add({fault->kind, span(fault->begin, fault->end), fault->message, {}, fault->help});
      return drop(piece);
    }
    const auto found = read(text, piece.begin, Reading::Declaration);
    if (const Node* node = std::get_if<Node>(&found)) return lowering_.declaration(*node);
    sink_.add(describe(found, {sources_, file_, piece.begin, piece.end, keyword}));
    drop(piece);
  }

  void unknown_declaration(const Piece& piece, std::string_view word) {
    const std::size_t end = word.empty() ? character_end(text_, piece.begin) : piece.begin + word.size();
    const std::string_view shown = text_.substr(piece.begin, end - piece.begin);
    const std::vector<std::string> known(declaration_words().begin(), declaration_words().end());
    const WordRow* row = find_word(word);
    Diagnostic out{DiagnosticKind::UnknownDeclaration,
                   span(piece.begin, end),
                   fmt::format("`{}` stands in column one but starts no declaration", shown),
                   {},
                   {}};
    bool declares = true;  // whether the word after it was meant to be declared
    if (const auto near = near_name(lower_case(word), known); near && !row) {
      out.help = fmt::format("did you mean `{}`?", *near);
    } else if (row) {
      out.help = "move it in from column one if it belongs to the declaration above";
      declares = false;
    } else {
      out.help = fmt::format("declarations start with {}", join_words(known, "or"));
    }
    sink_.add(std::move(out));
    if (declares) drop(piece);
  }

  // What a broken declaration would have declared: the name after its first word.
  void drop(const Piece& piece) {
    const std::string_view text = text_.substr(0, piece.end);
    const std::size_t begin = skip_blanks(text, name_end(text, piece.begin));
    const std::size_t end = qualified_name_end(text, begin);
    if (end > begin) tree_.add_dropped({std::string(text.substr(begin, end - begin)), span(begin, end)});
  }

  const Sources& sources_;
  FileId file_;
  std::string_view text_;
  ast::Tree& tree_;
  DiagnosticSink& sink_;
  Lowering lowering_;
};

}  // namespace

void parse(const Sources& sources, FileId file, ast::Tree& tree, DiagnosticSink& sink) {
  FileReader(sources, file, tree, sink).read_all();
}

}  // namespace assay
