// Digests of what went in and what came out, in one canonical object.
#include "engine/session/run_body.h"

#include "evidence/core/canonical_json.h"
#include "evidence/trail/merkle.h"

namespace assay {

namespace {

std::string file_name(const std::string& path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Digest root_over(const std::vector<OutcomeBlock>& blocks) {
  std::vector<Digest> digests;
  for (const OutcomeBlock& block : blocks) digests.push_back(sha256(block.bytes));
  return root_of_digests(digests);
}

Digest root_over(const std::vector<KeptExplanation>& explanations) {
  std::vector<Digest> digests;
  for (const KeptExplanation& kept : explanations) digests.push_back(kept.digest);
  return root_of_digests(digests);
}

}  // namespace

std::vector<RulesetText> texts_of(const Rulebook& rulebook) {
  std::vector<RulesetText> out;
  for (std::uint32_t file = 0; file < rulebook.sources.size(); ++file) {
    const SourceFile& source = rulebook.sources.file({file});
    RulesetText text{sha256(source.text()), "", "", file_name(source.path()), source.text()};
    for (const Ruleset& ruleset : rulebook.rulesets) {
      for (FileId held : ruleset.files)
        if (held.index == file) text.name = ruleset.name, text.edition = ruleset.edition;
    }
    out.push_back(std::move(text));
  }
  return out;
}

namespace {

std::string body(const Store::NewRun& run, const LogHead& read, bool official,
                 const std::vector<std::string>* left_out) {
  JsonWriter json;
  json.begin_object();
  json.field("as_at", run.as_at.to_string());
  json.field("entry", "run");
  json.field("explanations", root_over(run.explanations).to_string());
  json.field("known_on", run.known_on.to_string());
  if (left_out) {
    json.key("left_out").begin_array();
    for (const std::string& rule : *left_out) json.text(rule);
    json.end_array();
  }
  json.field("log_root", read.root.to_string());
  json.key("log_size").number(read.size);
  if (official) json.key("official").boolean(true);
  json.field("outcomes", root_over(run.blocks).to_string());
  if (left_out) json.key("packed").boolean(true);
  json.key("rulesets").begin_array();
  for (const RulesetText& text : run.rulesets) json.text(text.digest.to_string());
  json.end_array();
  json.field("run_at", run.run_at);
  json.field("run_by", run.run_by);
  json.end_object();
  return json.take();
}

}  // namespace

std::string run_body(const Store::NewRun& run, const LogHead& read, bool official) {
  return body(run, read, official, nullptr);
}

std::string packed_run_body(const Store::NewRun& run, const LogHead& read, bool official,
                            const std::vector<std::string>& left_out) {
  return body(run, read, official, &left_out);
}

}  // namespace assay
