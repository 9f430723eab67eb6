#include "app/actions/diff.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "app/actions/query.h"
#include "base/failure_context.h"

namespace noema::app {
namespace {

using Row = std::vector<memory::QueryCell>;

struct Compared {
  const char* what;
  std::size_t keys;  ///< columns that tell one row from another; the SQL gives the rows in their order, each once
  const char* sql;
};

constexpr std::array<Compared, 3> kCompared{
    {{"concept", 2,
      "SELECT kind, label, sum(count) AS count FROM concept WHERE active AND redirect_id IS NULL GROUP BY 1, 2 ORDER "
      "BY 1, 2"},
     {"fact", 4,
      "SELECT subject, relation, value, max(until IS NULL) AS stands, min(since) AS since FROM fact GROUP BY 1, 2, 3 "
      "ORDER BY 1, 2, 3"},
     {"thought", 3,
      "SELECT kind, coalesce(about, '') AS about, coalesce(made, '') AS made, sum(gain_bits) AS gain_bits FROM thought "
      "WHERE NOT undone GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"}}};

bool comes_before(const Row& a, const Row& b, std::size_t keys) {
  const auto end = static_cast<std::ptrdiff_t>(keys);
  return std::lexicographical_compare(a.begin(), a.begin() + end, b.begin(), b.begin() + end);
}

}  // namespace

std::vector<Difference> diff(const std::string& first, const std::string& second, std::stop_token stop) {
  const base::FailureContext context("comparing two lives");
  memory::QueryLimits limits;
  limits.rows = limits.bytes = std::numeric_limits<std::size_t>::max();
  limits.seconds = std::numeric_limits<double>::max();
  limits.stop = std::move(stop);
  std::vector<Difference> differences;
  for (const Compared& one : kCompared) {
    auto a = memory::query(first, one.sql, limits), b = memory::query(second, one.sql, limits);
    const auto before = [&](const Row& x, const Row& y) { return comes_before(x, y, one.keys); };
    Difference difference{one.what, a.columns, {}, {}};
    std::set_difference(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                        std::back_inserter(difference.only_first), before);
    std::set_difference(b.rows.begin(), b.rows.end(), a.rows.begin(), a.rows.end(),
                        std::back_inserter(difference.only_second), before);
    difference.common = a.rows.size() - difference.only_first.size();
    differences.push_back(std::move(difference));
  }
  return differences;
}

std::vector<nlohmann::ordered_json> to_json(const Difference& difference, const std::string& first,
                                            const std::string& second) {
  std::vector<nlohmann::ordered_json> objects;
  const auto add = [&](const std::vector<Row>& rows, const std::string& life) {
    for (const Row& row : rows) {
      nlohmann::ordered_json object{{"only_in", life}, {"what", difference.what}};
      object.update(to_json(difference.columns, row));
      objects.push_back(std::move(object));
    }
  };
  add(difference.only_first, first);
  add(difference.only_second, second);
  return objects;
}

}  // namespace noema::app
