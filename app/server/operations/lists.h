#pragma once
// What the operations share: pages of a list, and the parameters that name one. Each operation stands beside the
// function that it calls, in the group that it belongs to.

#include <algorithm>
#include <vector>

#include "app/lives.h"
#include "app/server/operation.h"

namespace noema::app {

inline constexpr base::Range kPage{1, 200, true};
inline constexpr base::Range kCursor{0, 1e15, true};

inline const Parameter kLimit{"limit", "integer", "The most entries to give", false, 50, kPage};
inline const Parameter kAfter{"cursor", "integer", "Where to go on: `next` of the answer before", false, 0, kCursor};

inline const Parameter kAsOf{"as_of", "string",
                             "The life as it was then: a time, or the number of an input. Its log is replayed up to "
                             "there, unless that moment is one of the last two that were asked for"};

/// What look(mind) gives of the life as it is, or as `as_of` of the arguments says that it was.
template <typename Look>
auto as_asked(LiveMind& mind, const nlohmann::json& arguments, const Calling& calling, const Look& look) {
  if (!arguments.contains("as_of")) return look(mind.mind());
  const auto past = mind.past().at(arguments["as_of"], calling.stop);
  reasoning::Mind then(open_to_read(past->path()));
  return look(then);
}

/// One page of a list that is all there: its entries, how many there are, and the cursor of the next page or null.
template <typename Value, typename Convert>
nlohmann::ordered_json page_of(const char* name, const std::vector<Value>& all, const nlohmann::json& arguments,
                               const Convert& convert) {
  const auto begin = std::min(arguments.at("cursor").get<std::size_t>(), all.size());
  const auto end = std::min(begin + arguments.at("limit").get<std::size_t>(), all.size());
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (std::size_t i = begin; i < end; ++i) entries.push_back(convert(all[i]));
  return {{name, entries},
          {"total", all.size()},
          {"next", end < all.size() ? nlohmann::ordered_json(end) : nlohmann::ordered_json(nullptr)}};
}

std::vector<Operation> operations_of_telling();
std::vector<Operation> operations_of_asking();
std::vector<Operation> operations_of_looking();
std::vector<Operation> operations_of_thinking();

}  // namespace noema::app
