// One XML part of a spreadsheet, read as a run of events in bounded memory. Elements go by the prefixes of the formats'
// own documents ("table:table-cell", and "row" for SpreadsheetML in either of its editions), whatever the file calls
// them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/import/spreadsheet/archive.h"

namespace assay {

class XmlPart {
 public:
  static constexpr std::size_t kDeepest = 256;          // elements within elements
  static constexpr std::size_t kTokenLimit = 4U << 20;  // bytes of one tag
  enum class Event { Start, End, Text, Done, Fault };

  // `place` names file and part in messages.
  XmlPart(ArchiveMember member, std::string place);
  ~XmlPart();
  XmlPart(XmlPart&&) noexcept;
  XmlPart& operator=(XmlPart&&) noexcept;

  // The next event. After Done or Fault there is no more.
  Event next();
  std::string_view name() const;  // of the element, at Start and End; good until next(), as are the others
  std::string_view text() const;  // at Text; a run of text may come in pieces
  std::string_view attribute(std::string_view name) const;  // at Start; empty when there is none
  bool faulty() const;
  const Error& fault() const;
  // At Start: reads on to the element's end. False at a fault.
  bool skip();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay
