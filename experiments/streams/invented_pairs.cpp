#include "experiments/streams/invented_pairs.h"

#include <fmt/format.h>

#include "base/rng.h"

namespace noema::experiments {
namespace {

using reasoning::ToldPair;

constexpr std::size_t kLetters = 12;  // of a name: those of sources, and as many others of targets

/// A name of a book: three letters that stand for three others.
struct Name {
  std::string source, target;
};

std::vector<Name> names_of(std::size_t count, base::Rng& rng) {
  std::vector<Name> names(count);
  for (Name& name : names)
    for (int i = 0; i < 3; ++i) {
      name.source += static_cast<char>('a' + rng.below(kLetters));
      name.target += static_cast<char>('A' + rng.below(kLetters));
    }
  return names;
}

/// "NAME digits": the digits are said backwards, and then the name as its book says it.
std::vector<ToldPair> book_of(std::size_t lines, const std::vector<Name>& names, base::Rng& rng) {
  std::vector<ToldPair> book;
  for (std::size_t i = 0; i < lines; ++i) {
    const Name& name = names[rng.below(names.size())];
    std::string digits;
    for (int d = 0; d < 4; ++d) digits += static_cast<char>('0' + rng.below(10));
    book.push_back({name.source + " " + digits, std::string(digits.rbegin(), digits.rend()) + " " + name.target});
  }
  return book;
}

ToldPairs read_invented(const StreamConfig& config, std::uint64_t seed) {
  base::Rng rng = base::Rng(seed).fork("invented pairs");
  const std::size_t names = config.settings.count("names");
  ToldPairs pairs;
  pairs.train = book_of(config.settings.count("train"), names_of(names, rng), rng);
  pairs.told = book_of(config.settings.count("lines"), names_of(names, rng), rng);
  leave_out_told(pairs, {});
  return pairs;
}

}  // namespace

StreamKind invented_pairs_stream() {
  using base::Key;
  StreamKind kind;
  kind.name = "invented_pairs";
  kind.help = "invented pairs whose told book has names of its own, for tests and small runs";
  kind.gives = reasoning::ExperienceKind::kPair;
  kind.keys = {Key{"lines", "pairs that are told", std::int64_t{100}, {1, 1e6, true}},
               Key{"train", "pairs to train the model on", std::int64_t{400}, {1, 1e6, true}},
               Key{"names", "names of each book", std::int64_t{6}, {1, 1000, true}}};
  kind.read_pairs = read_invented;
  return kind;
}

}  // namespace noema::experiments
