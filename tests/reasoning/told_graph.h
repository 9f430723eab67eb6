#pragma once
// A life and its graph without a mind, for tests of what recall is made of.

#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "base/text.h"
#include "concepts/graph.h"
#include "memory/search_terms.h"
#include "reasoning/past.h"
#include "reasoning/recall_index.h"
#include "reasoning/taught.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

struct ToldGraph {
  Folder folder;
  memory::Life life = new_life(folder.path / "life");
  concepts::Graph graph;
  reasoning::RecallIndex index;
  std::vector<memory::EpisodeRow> rows;

  /// Returns the episode's number in the stream.
  std::uint32_t tell(memory::EpisodeRow row) {
    base::Segmenter segmenter;
    const auto units = reasoning::perceive_text(graph, segmenter, row.text);
    row.attachments.assign(units.begin(), units.end());
    row.id = life.append(row, memory::search_terms(segmenter, row.text));
    life.commit();
    rows.push_back(row);
    return graph.attach(units);
  }
  std::uint32_t tell(const std::string& text, double time = 1000) {
    memory::EpisodeRow row;
    row.text = text;
    row.time = time;
    return tell(row);
  }
  /// Lets go of the episodes before this one.
  void forget(std::uint32_t episode) { graph.forget(graph.forgetting(episode), reasoning::past_of(life)); }

  /// Short texts over a few words and marks, some told again, some questions, some in two pieces.
  void tell_at_random(base::Rng& rng, std::size_t inputs) {
    const std::vector<std::string> words{"a", "b", "c", "d", "道", "山", ".", ",", "e", "a"};
    for (std::size_t i = 0; i < inputs; ++i) {
      memory::EpisodeRow row;
      row.time = static_cast<double>(rows.size());
      for (std::uint64_t n = 1 + rng.below(9); n > 0; --n) row.text += words[rng.below(words.size())] + " ";
      if (!rows.empty() && rng.uniform() < 0.3) row.text = rows[rng.below(rows.size())].text;
      if (rng.uniform() < 0.1) row.kind = rng.uniform() < 0.5 ? reasoning::kTaught : reasoning::kAsked;
      tell(row);
      if (row.kind != "text" || rng.uniform() > 0.1) continue;
      row.begins_at = rows.back().id;
      row.part = 1;
      row.text = words[rng.below(words.size())] + " c d";
      tell(row);
    }
  }

  // --- The plain reference: everything anew from the rows.

  bool is_attached(const memory::EpisodeRow& row) const {
    return static_cast<std::uint32_t>(row.id - 1) >= graph.stream().first_episode();
  }
  bool opens(const memory::EpisodeRow& row) const {
    return is_attached(row) && !reasoning::is_question(row) && row.begins_at == 0 && !opening(row).empty();
  }
  static std::vector<std::string> units(const memory::EpisodeRow& row) {
    base::Segmenter segmenter;
    return base::identities_in(segmenter, row.text);
  }
  /// The units from the first that is no mark on.
  static std::vector<std::string> opening(const memory::EpisodeRow& row) {
    std::vector<std::string> all = units(row);
    while (!all.empty() && base::is_mark(all.front())) all.erase(all.begin());
    return all;
  }
  std::vector<concepts::ConceptId> ids(const std::vector<std::string>& identities) const {
    std::vector<concepts::ConceptId> found;
    for (const std::string& identity : identities) found.push_back(graph.find(identity).value_or(concepts::kBoundary));
    return found;
  }
};

}  // namespace noema::tests
