// Every explanation that the golden cases can be asked for is accepted, and each tampered with is rejected:
//   oracle_explained FOLDER...        folders of cases as tests/golden/explain has them
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "apps/verifier/accept/accept.h"
#include "dsl/check/check.h"
#include "engine/eval/outcome.h"
#include "engine/explain/explanation.h"
#include "engine/session/scenario_snapshot.h"
#include "tests/support/case_sections.h"
#include "tests/support/evidence_lines.h"

namespace {

using namespace assay;
using Json = nlohmann::json;

struct Total {
  std::size_t accepted = 0, wrongly = 0, derived = 0;
  std::map<std::string, std::pair<std::size_t, std::size_t>> tampered;  // by kind: rejected, and not
};

// Each kind of tampering; false where there is nothing of the kind to tamper with.
struct Tampering {
  const char* name;
  std::function<bool(Json&)> with;
};

bool each_step(Json& json, const std::function<bool(Json&)>& change) {
  for (Json& step : json["steps"])
    if (change(step)) return true;
  return false;
}

const std::vector<Tampering> kTampering = {
    {"the value of a row",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("leaf") || step["leaf"]["part"] != "answers") return false;
         step["leaf"]["value"] = step["leaf"]["value"] == "no" ? "yes" : "no";
         return true;
       });
     }},
    {"the value of a row and of its step",
     [](Json& json) {
       if (json["steps"].size() != 2 || !json["steps"][1].contains("leaf")) return false;
       Json& step = json["steps"][1];
       const std::string value = step["leaf"]["value"];
       if (value != "yes" && value != "no") return false;
       step["leaf"]["value"] = step["result"] = value == "no" ? "yes" : "no";
       return true;
     }},
    {"a count",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("note")) return false;
         std::string note = step["note"];
         if (!note.starts_with("of ") || note.size() < 4 || note[3] < '0' || note[3] > '8' ||
             note.find(": ") == std::string::npos)
           return false;
         ++note[3];
         step["note"] = note;
         return true;
       });
     }},
    {"a row left out",
     [](Json& json) {
       Json& root = json["steps"][0];
       // What is not known stays so with a row less.
       const std::string result = root["result"];
       if (json["steps"].size() != 2 || json["steps"][1]["kind"] != "evidence" || result.starts_with("un"))
         return false;
       json["steps"].erase(1);
       root["children"] = Json::array();
       return true;
     }},
    {"a child left out",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("children") || step["children"].empty()) return false;
         const Json last = step["children"].back();
         step["children"].erase(step["children"].size() - 1);
         // One that is named twice is still there.
         return std::find(step["children"].begin(), step["children"].end(), last) == step["children"].end();
       });
     }},
    {"words turned round",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("words") || !step.contains("place")) return false;
         std::string words = step["words"];
         const std::size_t at = words.find(' '), end = std::min(words.find(' ', at + 1), words.size());
         if (at == std::string::npos || words.find('(') != std::string::npos) return false;
         const std::string turned = words.substr(at + 1, end - at - 1) + " " + words.substr(0, at) + words.substr(end);
         if (turned == words) return false;
         step["words"] = turned;
         return true;
       });
     }},
    {"words of another rule",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("words") || !step.contains("place")) return false;
         step["words"] = "something nobody wrote";
         return true;
       });
     }},
    {"a wrong basis",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("basis") || step["kind"] != "rule") return false;
         step["basis"] = step["basis"] == "statute" ? "guidance" : "statute";
         return true;
       });
     }},
    {"a day of recording",
     [](Json& json) {
       return each_step(json, [](Json& step) {
         if (!step.contains("leaf")) return false;
         step["leaf"]["recorded_on"] = "2999-01-01";
         return true;
       });
     }},
    {"the result",
     [](Json& json) {
       Json& root = json["steps"][0];
       const std::string result = root["result"];
       if (result != "raised" && result != "clear") return false;
       root["result"] = result == "clear" ? "raised" : "clear";
       return json["steps"].size() > 1;
     }},
};

void judge(const std::string& json, const Rulebook& book, const std::string& digest, const std::string& whose,
           Total& total) {
  const auto judged = verifier::judge_explanation(json, book, digest);
  total.derived += judged.derived ? 1U : 0U;
  if (const auto& fault = judged.fault) {
    if (++total.wrongly <= 25) fmt::print("rejected: {}: {}\n", whose, *fault);
    return;
  }
  ++total.accepted;
  for (const Tampering& each : kTampering) {
    Json changed = Json::parse(json);
    if (!each.with(changed)) continue;
    auto& [rejected, passed] = total.tampered[each.name];
    // Without the digest, which alone would tell.
    if (each.name == std::string("the result") && !judged.derived) continue;
    const bool told = verifier::judge_explanation(changed.dump(), book).fault.has_value();
    ++(told ? rejected : passed);
    if (!told && passed <= 3) fmt::print("not told: {}: {}\n", each.name, whose);
  }
}

void all_of(const Rulebook& book, const Snapshot& snapshot, Date as_at, const std::string& name, Total& total) {
  Evaluation evaluation(book, snapshot);
  const Plan planned = plan(book, {as_at, snapshot.known_on(), false});
  for (const Outcome& outcome : outcomes(evaluation, planned)) {
    const Explanation explanation = explain(evaluation, outcome);
    judge(to_json(explanation), book, digest_of(explanation).to_string(),
          fmt::format("{}: {} of {} as at {}", name, book.rule(outcome.rule).name,
                      snapshot.subject(outcome.subject).code, as_at.to_string()),
          total);
  }
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

void run(const std::filesystem::path& path, Total& total) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const golden::CaseSections sections = golden::read_case(text.str());
  Sources sources;
  for (const auto& section : sections.sections) {
    const auto words = words_of(section.head);
    if (words.front() == "rules")
      sources.add(words.size() > 1 ? words[1] + ".assay" : "rules.assay", section.body + "\n");
  }
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);
  if (sink.has_errors()) return;
  const std::string name = path.stem().string();
  const std::string* evidence = sections.body_of("evidence");
  if (evidence == nullptr) {
    for (const Scenario& scenario : book.scenarios)
      all_of(book, scenario_snapshot(book, scenario), scenario.as_at, name, total);
    return;
  }
  for (const auto& section : sections.sections) {
    const auto words = words_of(section.head);
    if (words.size() < 6 || words[0] != "as") continue;
    const auto snapshot = golden::evidence_lines(*evidence, book.schema, *Date::parse(words[5]));
    if (snapshot) all_of(book, *snapshot, *Date::parse(words[2]), name, total);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Total total;
  for (int i = 1; i < argc; ++i) {
    std::vector<std::filesystem::path> cases;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i]))
      if (entry.path().extension() == ".case") cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    for (const auto& path : cases) run(path, total);
  }
  fmt::print("{} explanations accepted, {} wrongly rejected; the result derived again of {}\n", total.accepted,
             total.wrongly, total.derived);
  std::size_t passed = 0;
  for (const auto& [name, told] : total.tampered) {
    fmt::print("  {:<36} {} rejected, {} not told\n", name, told.first, told.second);
    passed += told.second;
  }
  return total.wrongly == 0 && passed == 0 && total.accepted > 0 ? 0 : 1;
}
