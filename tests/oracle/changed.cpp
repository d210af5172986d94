// The changes. What is dropped is dropped with all that hung on it alone, and the steps are numbered again.
#include "tests/oracle/changed.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "evidence/core/date.h"

namespace assay::oracle {
namespace {

using Json = nlohmann::json;

// Changes the whole at one step; false where there is nothing there to change.
using Change = std::function<bool(Json& whole, std::size_t at)>;

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Leaves out what nothing rests on any more.
void number_again(Json& whole) {
  Json& steps = whole["steps"];
  std::set<std::size_t> reached;
  std::vector<std::size_t> open = {0};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (!reached.insert(at).second || !steps[at].contains("children")) continue;
    for (const Json& child : steps[at]["children"]) open.push_back(child.get<std::size_t>());
  }
  std::map<std::size_t, std::size_t> numbers;
  for (const std::size_t at : reached) numbers.emplace(at, numbers.size());
  Json kept = Json::array();
  for (const std::size_t at : reached) {
    Json step = steps[at];
    step["id"] = numbers.at(at);
    if (step.contains("children")) {
      for (Json& child : step["children"]) child = numbers.at(child.get<std::size_t>());
      if (step["children"].empty()) step.erase("children");
    }
    kept.push_back(std::move(step));
  }
  steps = std::move(kept);
}

bool drop_child(Json& whole, std::size_t at, const std::function<bool(const Json&)>& which) {
  Json& step = whole["steps"][at];
  if (!step.contains("children")) return false;
  Json& children = step["children"];
  for (std::size_t i = children.size(); i-- > 0;) {
    if (!which(whole["steps"][children[i].get<std::size_t>()])) continue;
    const Json dropped = children[i];
    children.erase(i);
    if (std::find(children.begin(), children.end(), dropped) != children.end()) return false;  // it is still there
    number_again(whole);
    return true;
  }
  return false;
}

bool is_kind(const Json& step, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), text(step, "kind")) != kinds.end();
}

// The first number from `from` on made another.
bool other_number(std::string& words, std::size_t from = 0) {
  const std::size_t digit = words.find_first_of("0123456789", from);
  if (digit == std::string::npos) return false;
  words[digit] = words[digit] == '7' ? '8' : '7';
  return true;
}

bool other_text(Json& object, const char* key) {
  const std::string was = text(object, key);
  if (was.empty()) return false;
  object[key] = was + " x";
  return true;
}

bool move_day(Json& object, const char* key, int days) {
  const auto day = Date::parse(text(object, key));
  if (!day) return false;
  object[key] = Date{day->days + days}.to_string();
  return true;
}

Json* leaf_of(Json& whole, std::size_t at) {
  Json& step = whole["steps"][at];
  return step.contains("leaf") ? &step["leaf"] : nullptr;
}

Change of_leaf(const std::function<bool(Json&)>& change) {
  return [change](Json& whole, std::size_t at) {
    Json* leaf = leaf_of(whole, at);
    return leaf != nullptr && change(*leaf);
  };
}

// What a result may be turned into.
std::string turned(const std::string& result) {
  for (const auto& [one, other] : {std::pair("yes", "no"), std::pair("raised", "clear"), std::pair("met", "not met"),
                                   std::pair("fits", "does not fit"), std::pair("applied", "not applied"),
                                   std::pair("unknown", "yes"), std::pair("undetermined", "raised")}) {
    if (result == one) return other;
    if (result == other) return one;
  }
  std::string words = result;
  return other_number(words) ? words : result + "er";
}

bool turn_result(Json& whole, std::size_t at, bool root) {
  Json& step = whole["steps"][at];
  const bool condition = is_kind(step, {"rule", "stage", "condition", "comparison", "consecutive", "aggregate",
                                        "method", "criterion", "exception", "table_row", "amount"});
  if ((at == 0) != root || !condition || text(step, "result").empty()) return false;
  step["result"] = turned(text(step, "result"));
  return true;
}

bool value_and_step(Json& whole, std::size_t at) {
  Json* leaf = leaf_of(whole, at);
  Json& step = whole["steps"][at];
  if (leaf == nullptr || text(*leaf, "part") != "answers" || text(*leaf, "value") != text(step, "result")) return false;
  (*leaf)["value"] = step["result"] = turned(text(step, "result"));
  return true;
}

bool swap_leaves(Json& whole, std::size_t at) {
  for (std::size_t other = 0; other < whole["steps"].size(); ++other) {
    Json *one = leaf_of(whole, at), *two = leaf_of(whole, other);
    if (other == at || one == nullptr || two == nullptr || *one == *two) continue;
    // Two rows that bear on it alike, in another order, say the same.
    if (text(*one, "part") == text(*two, "part") && text(*one, "value") == text(*two, "value") &&
        text(*one, "field") == text(*two, "field"))
      continue;
    std::swap(*one, *two);
    return true;
  }
  return false;
}

bool drop_text_of(Json& whole, std::size_t at, const char* key) {
  Json& step = whole["steps"][at];
  if (!step.contains(key) || step[key].empty()) return false;
  step[key].erase(step[key].size() - 1);
  if (step[key].empty()) step.erase(key);
  return true;
}

// A number in a note that puts values in, after the equals sign or before it.
bool operand(Json& whole, std::size_t at, bool outcome) {
  Json& step = whole["steps"][at];
  std::string note = text(step, "note");
  const std::size_t equals = note.find(" = ");
  if (equals == std::string::npos ||
      !is_kind(step, {"rule", "comparison", "amount", "method", "criterion", "exception"}))
    return false;
  const std::string was = note;
  if (!other_number(note, outcome ? equals : 0) || (!outcome && note.substr(equals) != was.substr(equals)))
    return false;
  step["note"] = note;
  return true;
}

bool distance(Json& whole, std::size_t at) {
  Json& step = whole["steps"][at];
  std::string note = text(step, "note");
  const std::size_t is = note.find(" is ");
  if (is == std::string::npos || !is_kind(step, {"comparison", "criterion"}) || note.find(" = ") != note.npos ||
      (note.find(" below ") == note.npos && note.find(" above ") == note.npos) || !other_number(note, is))
    return false;
  step["note"] = note;
  return true;
}

bool count(Json& whole, std::size_t at) {
  Json& step = whole["steps"][at];
  std::string note = text(step, "note");
  const std::size_t of = note.find("of ");
  if (!is_kind(step, {"aggregate", "rule", "criterion"}) || of == note.npos || note.find(": ") == note.npos ||
      of + 3 >= note.size() || note[of + 3] < '0' || note[of + 3] > '9' || (of != 0 && note[of - 1] != ' ') ||
      note.find("rank") != note.npos || note.starts_with("row ") || note.find(" fits") != note.npos)
    return false;
  other_number(note, of);
  step["note"] = note;
  return true;
}

// One member less, and the counts made to fit.
bool member_and_counts(Json& whole, std::size_t at) {
  Json& step = whole["steps"][at];
  std::string note = text(step, "note"), answer;
  if (!is_kind(step, {"aggregate", "rule"}) || !note.starts_with("of ") || note.find("; ") != note.npos) return false;
  const bool dropped = drop_child(whole, at, [&](const Json& child) {
    answer = text(child, "result");
    return is_kind(child, {"member"}) && (answer == "yes" || answer == "no") && !child.contains("note");
  });
  if (!dropped) return false;
  const auto less = [&](std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && note[begin - 1] >= '0' && note[begin - 1] <= '9') --begin;
    if (begin == end) return;
    note.replace(begin, end - begin, std::to_string(std::stoul(note.substr(begin, end - begin)) - 1));
  };
  less(note.find(' ', 3));
  if (const std::size_t word = note.find(" " + answer, note.find(": ")); word != note.npos) less(word);
  whole["steps"][at]["note"] = note;
  return true;
}

bool member_twice(Json& whole, std::size_t at) {
  Json& step = whole["steps"][at];
  if (!step.contains("children")) return false;
  for (const Json& child : step["children"]) {
    Json copy = whole["steps"][child.get<std::size_t>()];
    if (!is_kind(copy, {"member"}) || text(copy, "subject").empty()) continue;
    copy["id"] = whole["steps"].size();
    step["children"].push_back(whole["steps"].size());
    whole["steps"].push_back(std::move(copy));
    return true;
  }
  return false;
}

Change dropped(std::vector<std::string_view> kinds) {
  return [kinds](Json& whole, std::size_t at) {
    return drop_child(whole, at, [&](const Json& child) {
      return std::find(kinds.begin(), kinds.end(), text(child, "kind")) != kinds.end();
    });
  };
}

using Changes = std::vector<std::pair<const char*, Change>>;

Changes of_rows() {
  return {
      {"a row: its value", of_leaf([](Json& leaf) { return leaf["value"] = turned(text(leaf, "value")), true; })},
      {"a row: its value, and what the step says of it", value_and_step},
      {"a row: its document", of_leaf([](Json& leaf) { return other_text(leaf, "document"); })},
      {"a row: its digest", of_leaf([](Json& leaf) {
         std::string digest = text(leaf, "digest");
         if (digest.empty()) return false;
         digest.back() = digest.back() == '0' ? '1' : '0';
         leaf["digest"] = digest;
         return true;
       })},
      {"a row: its page", of_leaf([](Json& leaf) { return other_text(leaf, "place"); })},
      {"a row: its source", of_leaf([](Json& leaf) { return other_text(leaf, "source"); })},
      {"a row: who recorded it", of_leaf([](Json& leaf) { return other_text(leaf, "recorded_by"); })},
      {"a row: the day it is from", of_leaf([](Json& leaf) { return move_day(leaf, "valid_from", -1); })},
      {"a row: the day it ends", of_leaf([](Json& leaf) { return move_day(leaf, "valid_to", 1); })},
      {"a row: the day it was recorded", of_leaf([](Json& leaf) { return move_day(leaf, "recorded_on", -1); })},
      {"a row: its number", of_leaf([](Json& leaf) {
         if (!leaf.contains("row")) return false;
         leaf["row"] = leaf["row"].get<int>() + 1;
         return true;
       })},
      {"a row: what it had to do with the answer", of_leaf([](Json& leaf) {
         leaf["part"] = leaf["part"] == "superseded" ? "older" : "superseded";
         return true;
       })},
      {"a row for another", swap_leaves},
  };
}

Changes of_texts() {
  return {
      {"a threshold",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         std::string result = text(step, "result");
         if (!is_kind(step, {"parameter"}) || !other_number(result)) return false;
         step["result"] = result;
         return true;
       }},
      {"a threshold's day",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return step.contains("parameter") && move_day(step["parameter"], "from", 1);
       }},
      {"a threshold's basis",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         if (!step.contains("parameter") || !step["parameter"].contains("basis")) return false;
         step["parameter"]["basis"] = step["parameter"]["basis"] == "statute" ? "guidance" : "statute";
         return true;
       }},
      {"a number in the author's words",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         std::string words = text(step, "words");
         if (!other_number(words)) return false;
         step["words"] = words;
         return true;
       }},
      {"a word of the author's", [](Json& whole, std::size_t at) { return other_text(whole["steps"][at], "words"); }},
      {"the line they stand at",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         const std::string place = text(step, "place");
         if (place.empty()) return false;
         step["place"] = place.substr(0, place.rfind(':') + 1) + "1";
         return step["place"] != place;
       }},
  };
}

Changes of_results() {
  return {
      {"the outcome", [](Json& whole, std::size_t at) { return turn_result(whole, at, true); }},
      {"what a step comes to", [](Json& whole, std::size_t at) { return turn_result(whole, at, false); }},
      {"the end of a range",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         std::string result = text(step, "result");
         if (!result.starts_with("unknown, ") || !other_number(result)) return false;
         step["result"] = result;
         return true;
       }},
      {"a range left out",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         if (!text(step, "result").starts_with("unknown, ")) return false;
         step["result"] = "unknown";
         return true;
       }},
      {"a recorded stage",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return is_kind(step, {"stage"}) && other_text(step, "result");
       }},
  };
}

Changes of_what_is_below() {
  return {
      {"a reason of a criterion left out", dropped({"criterion"})},
      {"what is wanting left out", dropped({"absence"})},
      {"a row that answers left out", dropped({"evidence"})},
      {"a threshold left out", dropped({"parameter"})},
      {"a rule below left out", dropped({"rule", "stage"})},
      {"a part of a condition left out",
       dropped({"condition", "comparison", "consecutive", "aggregate", "method", "amount"})},
      {"an exception or a row of a table left out", dropped({"exception", "table_row"})},
      {"a member left out", dropped({"member"})},
      {"a member left out, and the counts made to fit", member_and_counts},
      {"a member twice", member_twice},
      {"a member: what it comes to",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         if (!is_kind(step, {"member"})) return false;
         step["result"] = turned(text(step, "result"));
         return true;
       }},
      {"a member: another body",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return is_kind(step, {"member"}) && other_text(step, "subject");
       }},
  };
}

Changes of_notes() {
  return {
      {"a count", count},
      {"an operand of arithmetic", [](Json& whole, std::size_t at) { return operand(whole, at, false); }},
      {"what arithmetic gives", [](Json& whole, std::size_t at) { return operand(whole, at, true); }},
      {"how far two values are apart", distance},
      {"a mark left out", [](Json& whole, std::size_t at) { return drop_text_of(whole, at, "marks"); }},
      {"a mark more",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         if (!is_kind(step, {"rule", "evidence"})) return false;
         step["marks"].push_back("estimate");
         return true;
       }},
      {"a basis left out",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return is_kind(step, {"rule", "method"}) && step.erase("basis") > 0;
       }},
      {"another basis",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         if (!step.contains("basis")) return false;
         step["basis"] = step["basis"] == "statute" ? "inferred" : "statute";
         return true;
       }},
      {"a remark", [](Json& whole, std::size_t at) { return other_text(whole["steps"][at], "remark"); }},
      {"a citation left out", [](Json& whole, std::size_t at) { return drop_text_of(whole, at, "cites"); }},
  };
}

Changes of_rules_and_days() {
  return {
      {"an edition", [](Json& whole, std::size_t at) { return other_text(whole["steps"][at], "edition"); }},
      {"a title",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return is_kind(step, {"rule", "stage", "evidence", "absence", "parameter", "method", "criterion"}) &&
                other_text(step, "title");
       }},
      {"whom it answers to", [](Json& whole, std::size_t at) { return drop_text_of(whole, at, "answers_to"); }},
      {"what a flag says",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         std::string sentence = text(step, "sentence");
         if (sentence.empty()) return false;
         step["sentence"] = other_number(sentence) ? sentence : sentence + " Now.";
         return true;
       }},
      {"why something is wanting",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         // Where a day is not known, it may be wanting for more than one reason.
         if (!step.contains("absence") || !is_kind(step, {"absence"}) || step.contains("children")) return false;
         step["absence"]["reason"] = step["absence"]["reason"] == "stale" ? "withdrawn" : "stale";
         return true;
       }},
      {"what is wanting",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         return step.contains("absence") && other_text(step["absence"], "field");
       }},
      {"the day a step is asked of",
       [](Json& whole, std::size_t at) {
         Json& step = whole["steps"][at];
         const auto day = Date::parse(step.contains("on") ? text(step, "on") : text(whole, "as_at"));
         if (at == 0 || !day || is_kind(step, {"row", "table_row", "member"})) return false;
         step["on"] = Date{day->days - 1}.to_string();
         return true;
       }},
      {"the day it is known on", [](Json& whole, std::size_t at) { return at == 0 && move_day(whole, "known_on", 1); }},
  };
}

const Changes& changes() {
  static const Changes all = [] {
    Changes made;
    for (const auto& group : {of_rows(), of_texts(), of_results(), of_what_is_below(), of_notes(), of_rules_and_days()})
      made.insert(made.end(), group.begin(), group.end());
    return made;
  }();
  return all;
}

// Which steps are tried of those that have it: the first, and one that differs from explanation to explanation.
constexpr std::size_t kTried = 2;

}  // namespace

void change(const std::string& json, verifier::Judge& judge, const std::string& whose, Told& told, bool printed) {
  const Json whole = Json::parse(json);
  const std::size_t steps = whole["steps"].size();
  for (const auto& [name, with] : changes()) {
    std::size_t tried = 0;
    const std::size_t begin = std::hash<std::string>{}(whose + name) % steps;
    for (std::size_t i = 0; i < steps && tried < kTried; ++i) {
      const std::size_t at = tried == 0 ? i : (begin + i) % steps;
      Json changed = whole;
      if (!with(changed, at)) continue;
      if (tried == 0) i = 0;
      ++tried;
      Kind& kind = told[name];
      if (judge(changed.dump()).fault) {
        ++kind.rejected;
        continue;
      }
      constexpr std::size_t kPrinted = 3;
      if (printed && ++kind.accepted <= kPrinted)
        fmt::print("not told: {}: at step {} of {}\n", name, at, whose);
      else if (!printed)
        ++kind.accepted;
    }
  }
}

std::size_t print(const Told& told, const std::string& title) {
  fmt::print("{}:\n", title);
  std::size_t accepted = 0;
  for (const auto& [name, kind] : told) {
    fmt::print("  {:<48} {:>6} rejected, {} not told\n", name, kind.rejected, kind.accepted);
    accepted += kind.accepted;
  }
  return accepted;
}

}  // namespace assay::oracle
