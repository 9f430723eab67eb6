#include "reasoning/passage.h"

#include <algorithm>

#include "base/sentences.h"
#include "base/text.h"

namespace noema::reasoning {

Passage best_passage(const Cue& cue, const concepts::Stream& stream, std::uint32_t episode, const std::string& text) {
  constexpr std::size_t kMostSentences = 3;
  const concepts::Position begin = stream.begin(episode), end = stream.end(episode);
  Passage best{text, cue.coverage(begin, end)};
  const std::vector<base::TextRange> sentences = base::sentences_in(text);
  base::Segmenter segmenter;
  std::vector<base::Unit> units = segmenter.split(text);
  units.pop_back();  // the line end
  if (sentences.size() < 2 || units.size() != end - begin) return best;

  // Where each sentence begins in the stream, and where the last one ends.
  std::vector<concepts::Position> bounds;
  for (const base::TextRange& one : sentences) {
    const auto first = std::partition_point(units.begin(), units.end(),
                                            [&](const base::Unit& unit) { return unit.text_begin < one.begin; });
    bounds.push_back(begin + static_cast<concepts::Position>(first - units.begin()));
  }
  bounds.push_back(end);
  best.coverage = -1;
  concepts::Position shortest = 0;
  for (std::size_t first = 0; first < sentences.size(); ++first)
    for (std::size_t last = first; last < std::min(sentences.size(), first + kMostSentences); ++last) {
      const double coverage = cue.coverage(bounds[first], bounds[last + 1]);
      const concepts::Position length = bounds[last + 1] - bounds[first];
      if (coverage < best.coverage || (coverage == best.coverage && length >= shortest)) continue;
      best = {text.substr(sentences[first].begin, sentences[last].end - sentences[first].begin), coverage};
      shortest = length;
    }
  return best;
}

}  // namespace noema::reasoning
