// What the authors of the rules wrote, made into text once: the words and place of each expression, the grounds of each
// rule. Used by many explanations of one rulebook.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

class Authored {
 public:
  explicit Authored(const Rulebook& rulebook);

  struct Text {
    bool made = false;
    std::string words;
    std::string place;  // name of the file and line: where the folder lies differs between machines, and this is hashed
  };
  struct GroundsText {
    std::string basis, remark;
    std::vector<std::string> cites;
  };
  struct RuleText {
    bool made = false;
    std::string place, edition;
    std::string heading;  // of criteria, once asked for
    GroundsText grounds;
  };

  const Text& of(ast::ExprId expr);
  const RuleText& of(RuleId rule);
  const Text& at(Span span);
  GroundsText of(const Grounds& grounds) const;
  const GroundsText& of(ParameterId parameter);
  // The author's words for the criteria of an enter or exit, up to the first reason: "enter directed when any of".
  const std::string& heading(RuleId rule, const ast::Criteria& criteria);

 private:
  Text made(Span span) const;

  const Rulebook& rulebook_;
  std::vector<Text> exprs_;
  std::vector<RuleText> rules_;
  std::vector<std::optional<GroundsText>> parameters_;
  std::map<Span, Text> spans_;
};

}  // namespace assay
