// XML through expat. A document type is refused, so nothing in a part can name other files or grow by entities.
#include "evidence/import/spreadsheet/xml_part.h"

#include <expat.h>
#include <fmt/format.h>

#include <optional>
#include <vector>

namespace assay {

namespace {

constexpr char kParts = '|';  // between namespace and name, as expat gives them
constexpr std::size_t kPiece = 64U << 10;

struct Prefix {
  std::string_view space, prefix;
};
constexpr Prefix kPrefixes[] = {
    {"urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table:"},
    {"urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text:"},
    {"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office:"},
    {"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:"},
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", ""},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", ""},
    {"http://schemas.openxmlformats.org/package/2006/relationships", ""},
    {"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:"},
    {"http://purl.oclc.org/ooxml/officeDocument/relationships", "r:"},
};

}  // namespace

struct XmlPart::State {
  struct Piece {
    std::size_t begin = 0, size = 0;  // of `arena`
  };
  struct Attribute {
    Piece name, value;
  };
  struct Happening {
    Event event;
    Piece text;  // the name, or the text
    std::size_t attributes_begin = 0, attributes_end = 0;
  };

  ArchiveMember member;
  std::string place;
  XML_Parser parser;
  std::vector<char> piece;
  // What the last piece of the part brought, and how far it has been given out.
  std::string arena;
  std::vector<Attribute> attributes;
  std::vector<Happening> happenings;
  std::size_t at = 0;
  std::size_t depth = 0;
  std::size_t fed = 0;
  bool ended = false;
  std::optional<Error> fault;

  State(ArchiveMember of, std::string shown)
      : member(std::move(of)), place(std::move(shown)), parser(XML_ParserCreateNS(nullptr, kParts)), piece(kPiece) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XML_ParserFree(parser); }

  std::string_view view(Piece of) const { return std::string_view(arena).substr(of.begin, of.size); }

  Piece keep(std::string_view text) {
    const Piece kept{arena.size(), text.size()};
    arena += text;
    return kept;
  }

  Piece keep_name(std::string_view name) {
    const std::size_t bar = name.find(kParts);
    if (bar == std::string_view::npos) return keep(name);
    std::string_view prefix = "other:";
    for (const Prefix& known : kPrefixes) {
      if (known.space == name.substr(0, bar)) prefix = known.prefix;
    }
    const std::size_t begin = arena.size();
    arena += prefix;
    arena += name.substr(bar + 1);
    return {begin, arena.size() - begin};
  }

  void refuse(std::string message, std::string help) {
    if (fault) return;
    fault = Error{ErrorCode::BadInput, std::move(message),
                  fmt::format("{}, line {}", place, XML_GetCurrentLineNumber(parser)), std::move(help)};
    XML_StopParser(parser, XML_FALSE);
  }

  static State& of(void* user) { return *static_cast<State*>(user); }

  static void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** pairs) {
    State& state = of(user);
    if (++state.depth > kDeepest) {
      return state.refuse(fmt::format("elements stand within each other more than {} deep", kDeepest),
                          "no spreadsheet program writes that");
    }
    Happening start{Event::Start, state.keep_name(name), state.attributes.size(), 0};
    for (; *pairs != nullptr; pairs += 2) {
      const Piece attribute = state.keep_name(pairs[0]);
      state.attributes.push_back({attribute, state.keep(pairs[1])});
    }
    start.attributes_end = state.attributes.size();
    state.happenings.push_back(start);
  }

  static void XMLCALL on_end(void* user, const XML_Char* name) {
    State& state = of(user);
    --state.depth;
    state.happenings.push_back({Event::End, state.keep_name(name)});
  }

  static void XMLCALL on_text(void* user, const XML_Char* text, int size) {
    State& state = of(user);
    state.happenings.push_back({Event::Text, state.keep({text, static_cast<std::size_t>(size)})});
  }

  static void XMLCALL on_document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    of(user).refuse("the part declares a document type", "no spreadsheet program writes one: do not trust the file");
  }

  void watch() {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_document_type);
  }

  // The next piece of the part; false at a fault.
  bool feed() {
    arena.clear();
    attributes.clear();
    happenings.clear();
    at = 0;
    const Result<std::size_t> size = member.read(piece);
    if (!size) {
      fault = size.error();
      return false;
    }
    ended = *size == 0;
    fed += *size;
    const auto status = XML_Parse(parser, piece.data(), static_cast<int>(*size), ended ? XML_TRUE : XML_FALSE);
    if (fault) return false;
    if (status == XML_STATUS_ERROR) {
      refuse(fmt::format("the part is no whole XML ({})", XML_ErrorString(XML_GetErrorCode(parser))),
             "the file is damaged or cut short: fetch or save it again");
      return false;
    }
    const XML_Index read = XML_GetCurrentByteIndex(parser);
    if (!ended && read >= 0 && fed - static_cast<std::size_t>(read) > kTokenLimit) {
      refuse("one tag is longer than 4 MB", "no spreadsheet program writes that");
      return false;
    }
    return true;
  }
};

XmlPart::XmlPart(ArchiveMember member, std::string place)
    : state_(std::make_unique<State>(std::move(member), std::move(place))) {
  state_->watch();
}
XmlPart::~XmlPart() = default;
XmlPart::XmlPart(XmlPart&&) noexcept = default;
XmlPart& XmlPart::operator=(XmlPart&&) noexcept = default;

XmlPart::Event XmlPart::next() {
  State& state = *state_;
  if (state.fault) return Event::Fault;
  if (!state.happenings.empty()) ++state.at;
  while (state.at >= state.happenings.size()) {
    if (state.ended) return Event::Done;
    if (!state.feed()) return Event::Fault;
  }
  return state.happenings[state.at].event;
}

std::string_view XmlPart::name() const { return state_->view(state_->happenings[state_->at].text); }
std::string_view XmlPart::text() const { return name(); }

std::string_view XmlPart::attribute(std::string_view name) const {
  const State::Happening& start = state_->happenings[state_->at];
  for (std::size_t i = start.attributes_begin; i < start.attributes_end; ++i) {
    if (state_->view(state_->attributes[i].name) == name) return state_->view(state_->attributes[i].value);
  }
  return {};
}

bool XmlPart::faulty() const { return state_->fault.has_value(); }
const Error& XmlPart::fault() const { return *state_->fault; }

bool XmlPart::skip() {
  for (std::size_t depth = 1; depth > 0;) {
    switch (next()) {
      case Event::Start:
        ++depth;
        break;
      case Event::End:
        --depth;
        break;
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
  return true;
}

}  // namespace assay
