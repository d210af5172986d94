// A text that many values hold and none of them changes: each has it without a copy of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace assay {

class SharedText {
 public:
  SharedText(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}
  const std::string& text() const { return *text_; }
  bool operator==(const SharedText& other) const { return text_ == other.text_ || *text_ == *other.text_; }
  bool operator==(std::string_view other) const { return *text_ == other; }

 private:
  std::shared_ptr<const std::string> text_;  // never none
};

}  // namespace assay
