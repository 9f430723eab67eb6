#include "concepts/names/shapes.h"

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::concepts::names {

using nlohmann::json;

double Shapes::discount() const {
  const auto ones = static_cast<double>(ones_ + 1), twos = static_cast<double>(twos_);
  return ones / (ones + 2 * twos + 1);
}

std::size_t Shapes::best_concentration() const {
  return static_cast<std::size_t>(std::min_element(nats_.begin(), nats_.end()) - nats_.begin());
}

double Shapes::concentration() const { return kConcentrations[best_concentration()]; }

double Shapes::base(std::size_t cells) const {
  constexpr double kUnmet = 0.5;  // of a class, for each part and for one that nobody has met
  const double all = static_cast<double>(cell_count_) + kUnmet * static_cast<double>(cells_.size() + 1);
  return (static_cast<double>(cells) + kUnmet) / all;
}

void Shapes::add(ClassId id, const Parts& parts) {
  const Class shape = of(id);
  const double d = discount(), n = static_cast<double>(shape.parts), t = static_cast<double>(shape.kinds);
  if (shape.parts > 0)  // the first member says nothing of concentrations
    for (const Part part : parts) {
      const auto found = cells_.find(part);
      double share = 0;
      if (found != cells_.end())
        for (const Cell& cell : found->second)
          if (cell.of == id) share = static_cast<double>(cell.count) - d;
      const double below = base(found == cells_.end() ? 0 : found->second.size());
      for (std::size_t i = 0; i < nats_.size(); ++i)
        nats_[i] -= base::exact_log((share + (kConcentrations[i] + d * t) * below) / (n + kConcentrations[i]));
    }
  for (const Part part : parts) count(id, part, 1);
}

void Shapes::remove(ClassId id, const Parts& parts) {
  for (const Part part : parts) count(id, part, -1);
}

void Shapes::count(ClassId id, Part part, std::int64_t change) {
  if (id >= classes_.size()) classes_.resize(id + 1);
  std::vector<Cell>& cells = cells_[part];
  auto cell = std::find_if(cells.begin(), cells.end(), [&](const Cell& one) { return one.of == id; });
  if (cell == cells.end()) {
    cells.push_back({id, 0});
    cell = cells.end() - 1;
    ++cell_count_;
    ++classes_[id].kinds;
  }
  base::check(change > 0 || cell->count > 0, "Shapes: a part that was never counted is taken back");
  const auto tell = [&](std::uint64_t by) {
    if (cell->count == 1) ones_ += by;
    if (cell->count == 2) twos_ += by;
  };
  tell(~std::uint64_t{0});  // one less
  cell->count = static_cast<std::uint32_t>(cell->count + change);
  tell(1);
  classes_[id].parts += static_cast<std::uint64_t>(change);
  if (cell->count > 0) return;
  cells.erase(cell);
  --cell_count_;
  --classes_[id].kinds;
  if (cells.empty()) cells_.erase(part);
}

void Shapes::weigh(const Parts& parts, std::span<double> ratios) const {
  if (parts.empty()) return;
  const double d = discount(), c = concentration();
  std::vector<double> escapes(ratios.size()), log_escapes(ratios.size());
  for (std::size_t id = 0; id < ratios.size(); ++id) {
    const Class shape = of(static_cast<ClassId>(id));
    escapes[id] = (c + d * static_cast<double>(shape.kinds)) / (static_cast<double>(shape.parts) + c);
    log_escapes[id] = base::exact_log(escapes[id]);
    ratios[id] += static_cast<double>(parts.size()) * log_escapes[id];
  }
  for (const Part part : parts) {
    const auto found = cells_.find(part);
    if (found == cells_.end()) continue;
    const double below = base(found->second.size());
    for (const Cell& cell : found->second) {
      if (cell.of >= ratios.size()) continue;
      const double own = (static_cast<double>(cell.count) - d) / (static_cast<double>(of(cell.of).parts) + c);
      ratios[cell.of] += base::exact_log(own / below + escapes[cell.of]) - log_escapes[cell.of];
    }
  }
}

bool Shapes::has_met(const Parts& parts) const {
  return std::any_of(parts.begin(), parts.end(), [this](Part part) { return cells_.contains(part); });
}

std::uint64_t Shapes::bytes() const {
  constexpr std::uint64_t kEntry = 56;  // of the map, with its list
  return cells_.size() * kEntry + cell_count_ * sizeof(Cell) + classes_.size() * sizeof(Class);
}

json Shapes::save() const {
  std::vector<Part> parts;
  for (const auto& [part, cells] : cells_) parts.push_back(part);
  std::sort(parts.begin(), parts.end());
  json rows = json::array();
  for (const Part part : parts) {
    json row = json::array({part});
    for (const Cell& cell : cells_.at(part)) {
      row.push_back(cell.of);
      row.push_back(cell.count);
    }
    rows.push_back(std::move(row));
  }
  return {{"parts", std::move(rows)}, {"nats", nats_}};
}

Shapes Shapes::load(const json& state) {
  Shapes shapes;
  for (const json& row : state.at("parts"))
    for (std::size_t i = 1; i + 1 < row.size(); i += 2)
      shapes.count(row.at(i).get<ClassId>(), row.at(0).get<Part>(), row.at(i + 1).get<std::uint32_t>());
  shapes.nats_ = state.at("nats").get<std::array<double, kConcentrations.size()>>();
  return shapes;
}

}  // namespace noema::concepts::names
