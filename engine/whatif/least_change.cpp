// One item, then two: each set of values put in place of what is held, and the rule asked again, least change first.
#include "engine/whatif/least_change.h"

#include <algorithm>

#include "engine/eval/words.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"
#include "engine/whatif/gap.h"
#include "engine/whatif/values.h"
#include "evidence/core/altered.h"

namespace assay {

namespace {

constexpr std::int64_t kSupplied = 500;  // of what is not known: half the way
constexpr std::uint32_t kReadings = 4;   // of a series, the latest so many

// One item of evidence with one value, in one reading or several.
struct Try {
  std::size_t item = 0;
  std::vector<Stated> stated;
  std::int64_t apart = 0;
  std::string_view or_so = {};  // " or less", where all that was tried on that side does as well
};
struct Item {
  FieldId field;
  SubjectId subject;
  Cell held;
  std::string was;
};

class Search {
 public:
  Search(Evaluation& evaluation, const Outcome& outcome, const Wanted& wanted)
      : evaluation_(evaluation),
        outcome_(outcome),
        rule_(evaluation.rulebook().rule(outcome.rule)),
        type_(evaluation.rulebook().type(rule_.type)),
        wanted_(wanted),
        base_(reached_rows()) {
    if (!wanted_ && is_trigger(rule_)) wanted_ = Value(outcome.cell.truth() != Truth::Yes);
  }

  LeastChange run() {
    out_.wanted = wanted_in_words();
    find_items();
    std::vector<Try> tries;
    for (std::size_t item = 0; item < items_.size(); ++item) add_tries(item, 1, tries);
    one_item(tries);
    if (out_.ways.empty()) {
      std::vector<Try> longer;
      for (std::size_t item = 0; item < items_.size(); ++item)
        for (std::uint32_t readings = 2; readings <= kReadings; ++readings) add_tries(item, readings, longer);
      one_item(longer);
      if (out_.ways.empty()) tries.insert(tries.end(), longer.begin(), longer.end());
    }
    if (out_.ways.empty()) two_items(tries);
    return std::move(out_);
  }

 private:
  const Rulebook& book() const { return evaluation_.rulebook(); }

  // What the rule can reach: the rest is copied for nothing at every try.
  Snapshot reached_rows() const {
    std::vector<bool> reached(book().schema.fields().size());
    for (FieldId field : fields_read(book(), outcome_.rule)) reached[field.index] = true;
    Alteration alteration;
    alteration.keep = [&](Observation& row) {
      const FieldDef& field = book().schema.field(row.field);
      const KindDef& kind = book().schema.kind(field.kind);
      return reached[row.field.index] || kind.relation || row.field == kind.register_field ||
             field.role != FieldRole::Evidence;
    };
    return altered(evaluation_.snapshot(), alteration);
  }

  std::string wanted_in_words() const {
    if (is_trigger(rule_)) return std::get<bool>(*wanted_) ? "raised" : "clear";
    if (wanted_) {
      const bool seen = type_.kind == TypeKind::Scale && outcome_.cell.known();
      const auto way = seen ? order(outcome_.cell.value(), *wanted_) : std::strong_ordering::equal;
      return to_words(*wanted_, type_) + (way < 0 ? " or better" : way > 0 ? " or worse" : "");
    }
    return is_better() ? "better than " + to_words(outcome_.cell.value(), type_) : "another";
  }
  bool is_better() const { return type_.kind == TypeKind::Scale && outcome_.cell.known(); }

  bool reached(const Cell& cell) const {
    if (is_trigger(rule_)) return cell.truth() == to_truth(std::get<bool>(*wanted_));
    if (!cell.known()) return false;
    if (!wanted_) {
      if (is_better()) return order(outcome_.cell.value(), cell.value()) < 0;
      return !outcome_.cell.known() || !same(cell.value(), outcome_.cell.value());
    }
    if (same(cell.value(), *wanted_)) return true;
    if (type_.kind != TypeKind::Scale || !outcome_.cell.known()) return false;
    // Beyond it, seen from where it stands.
    const auto way = order(outcome_.cell.value(), *wanted_), past = order(*wanted_, cell.value());
    return way != 0 && past == way;
  }

  void find_items() {
    const Subject& who = evaluation_.snapshot().subject(outcome_.subject);
    std::vector<SubjectId> bodies = {outcome_.subject};
    if (who.from && who.to) bodies.insert(bodies.end(), {*who.from, *who.to});
    for (SubjectId body : bodies)
      for (FieldId field : fields_read(book(), outcome_.rule)) {
        const FieldDef& def = book().schema.field(field);
        const KindDef& kind = book().schema.kind(def.kind);
        if (def.kind != evaluation_.snapshot().subject(body).kind || def.role != FieldRole::Evidence ||
            field == kind.register_field || field == kind.alias_field || def.is_stage)
          continue;
        if (def.type.kind == TypeKind::Date || def.type.kind == TypeKind::Text) {
          out_.not_tried.push_back(def.title.empty() ? def.name : def.title);
          continue;
        }
        const Moment moment{outcome_.as_at};
        const bool event = def.occurrence == Occurrence::Event;
        const Cell held = event ? Cell::not_applicable() : evaluation_.read(field, body, moment).cell;
        items_.push_back({field, body, held,
                          event            ? event_in_words(field, body)
                          : held.unknown() ? "what is not known"
                                           : cell_in_words(held, def.type)});
      }
  }
  std::string event_in_words(FieldId field, SubjectId body) const {
    const Cell latest = evaluation_.latest_event(field, body, {outcome_.as_at}).cell;
    if (latest.known()) return "last on " + std::get<Date>(latest.value()).to_long_string();
    return latest.applies() ? "none recorded" : "never";
  }

  void add_tries(std::size_t index, std::uint32_t readings, std::vector<Try>& out) const {
    const Item& item = items_[index];
    const FieldDef& field = book().schema.field(item.field);
    if (readings > 1 && !field.every) return;
    const auto held = item.held.known() ? std::optional(item.held.value()) : std::nullopt;
    const auto limits = limits_of(book(), outcome_.rule, field.type.kind);
    for (const Value& value : values_to_try(field.type, held, limits)) {
      Try one;
      one.item = index;
      one.apart = (held ? apart(*held, value, field.type) : kSupplied) * readings;
      Stated stated{item.field, item.subject, value, std::nullopt};
      Date end = stated_from(base_, stated, outcome_.as_at);
      for (std::uint32_t back = 0; back < readings; ++back) {
        if (field.every) {
          stated.from = end;
          end = step_end_back(step_end(end, *field.every), *field.every, 1);
        }
        one.stated.push_back(stated);
      }
      out.push_back(std::move(one));
    }
  }

  // Nothing once the bound is reached.
  std::optional<Outcome> ask(const std::vector<Stated>& stated) {
    if (out_.tried == kTriesMax) {
      out_.cut = true;
      return std::nullopt;
    }
    ++out_.tried;
    const Snapshot snapshot = with_stated(book(), base_, stated, outcome_.as_at);
    Evaluation evaluation(book(), snapshot);
    return outcome(evaluation, outcome_.rule, outcome_.subject, outcome_.as_at);
  }

  ItemChanged changed(const Try& one) const {
    const Item& item = items_[one.item];
    const FieldDef& field = book().schema.field(item.field);
    ItemChanged out;
    out.stated = one.stated;
    out.field = field.name;
    out.title = field.title.empty() ? field.name : field.title;
    out.subject_name = name_on(evaluation_.snapshot(), item.subject, outcome_.as_at);
    out.was = item.was;
    const Value& value = *one.stated.front().value;
    const bool event = field.occurrence == Occurrence::Event;
    const std::string said = event ? "" : to_words(value, field.type) + std::string(one.or_so);
    out.now = event ? (std::get<bool>(value) ? "one on " + outcome_.as_at.to_long_string() : "known to be none") : said;
    if (one.stated.size() > 1)
      out.now += fmt::format(", in each of the last {} {}s", one.stated.size(), to_string(*field.every));
    return out;
  }

  // Of a number that is not known no value is nearest: the last that does, next to one that does not.
  Try settled(const Try& one, const std::vector<Stated>& rest) {
    const Item& item = items_[one.item];
    const FieldDef& field = book().schema.field(item.field);
    const auto* number = std::get_if<Decimal>(&*one.stated.front().value);
    if (!item.held.unknown() || !number) return one;
    std::vector<Value> values =
        values_to_try(field.type, std::nullopt, limits_of(book(), outcome_.rule, field.type.kind));
    std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return order(a, b) < 0; });
    const auto with = [&](const Value& value) {
      Try other = one;
      for (Stated& stated : other.stated) stated.value = value;
      return other;
    };
    const auto does = [&](const Value& value) {
      std::vector<Stated> all = with(value).stated;
      all.insert(all.end(), rest.begin(), rest.end());
      const auto then = ask(all);
      return then && reached(then->cell);
    };
    const auto at = std::find_if(values.begin(), values.end(),
                                 [&](const Value& value) { return same(value, *one.stated.front().value); });
    auto low = static_cast<std::size_t>(at - values.begin()), high = low;
    while (high + 1 < values.size() && does(values[high + 1])) ++high;
    while (low > 0 && does(values[low - 1])) --low;
    const bool below = low == 0, above = high + 1 == values.size();
    Try out = with(values[above && !below ? low : high]);
    if (above != below) out.or_so = above ? " or more" : " or less";
    return below && above ? one : out;
  }

  // Of one item the value nearest to what is held will do; the next ones tell nothing more.
  void one_item(std::vector<Try>& tries) {
    std::stable_sort(tries.begin(), tries.end(), [](const Try& a, const Try& b) { return a.apart < b.apart; });
    std::vector<bool> told(items_.size());
    for (const Try& one : tries) {
      if (told[one.item] || out_.ways.size() == kWaysMax) continue;
      const auto then = ask(one.stated);
      if (!then) return;
      if (!reached(then->cell)) continue;
      told[one.item] = true;
      out_.ways.push_back({{changed(settled(one, {}))}, in_words(*then, book())});
    }
  }

  void two_items(const std::vector<Try>& tries) {
    struct Pair {
      std::int64_t apart;
      std::size_t a, b;
    };
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < tries.size(); ++a)
      for (std::size_t b = a + 1; b < tries.size(); ++b)
        if (tries[a].item != tries[b].item) pairs.push_back({tries[a].apart + tries[b].apart, a, b});
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.apart < y.apart; });
    std::vector<std::pair<std::size_t, std::size_t>> told;
    for (const Pair& pair : pairs) {
      if (out_.ways.size() == kWaysMax) return;
      const auto items = std::minmax(tries[pair.a].item, tries[pair.b].item);
      if (std::find(told.begin(), told.end(), std::pair(items.first, items.second)) != told.end()) continue;
      std::vector<Stated> both = tries[pair.a].stated;
      both.insert(both.end(), tries[pair.b].stated.begin(), tries[pair.b].stated.end());
      const auto then = ask(both);
      if (!then) return;
      if (!reached(then->cell)) continue;
      told.emplace_back(items.first, items.second);
      const Try first = settled(tries[pair.a], tries[pair.b].stated), second = settled(tries[pair.b], first.stated);
      out_.ways.push_back({{changed(first), changed(second)}, in_words(*then, book())});
    }
  }

  Evaluation& evaluation_;
  const Outcome& outcome_;
  const Rule& rule_;
  const ValueType& type_;
  Wanted wanted_;
  const Snapshot base_;
  std::vector<Item> items_;
  LeastChange out_;
};

}  // namespace

LeastChange least_change(Evaluation& evaluation, const Outcome& outcome, const Wanted& wanted) {
  return Search(evaluation, outcome, wanted).run();
}

}  // namespace assay
