//! Where things stand in our own drawing: columns by kind, few crossings, short arrows.
//!
//! In: a [`GraphView`]. Out: boxes, and for each edge the points it runs through. Refuses: chance; the same view is always
//! laid out alike. Method: layers with dummy points for long edges and barycentre sweeps (Sugiyama et al. 1981), then heights
//! by isotonic regression (each item as near to its neighbours' mean as the order allows).

use super::super::cut::Layout as Order;
use super::super::style::{time_of, wrap};
use super::super::view::{GraphView, NodeKind};
use std::collections::BTreeMap;

/// Width of a box.
pub(super) const WIDTH: f32 = 212.0;
/// Space between columns, for edges and their labels.
pub(super) const GAP: f32 = 190.0;
/// Height of a line of text.
pub(super) const LINE: f32 = 13.5;
/// Least space between two boxes of a column.
const BETWEEN: f32 = 14.0;
/// Space that a passing edge takes.
const PASSING: f32 = 9.0;
/// Space that an edge takes at the side of a box.
const PORT: f32 = 11.0;
/// Sweeps over the columns.
const SWEEPS: usize = 24;
/// Characters of a line of a label.
const CHARACTERS: usize = 31;

/// A box in the drawing.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Lines of its label.
    pub lines: Vec<String>,
    /// Lines under the label (roles).
    pub detail: Vec<String>,
    /// Left edge.
    pub x: f32,
    /// Middle.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// Column, from the left.
    pub column: usize,
}

/// A laid-out view.
pub(super) struct Layout {
    /// One box a node.
    pub boxes: Vec<Placed>,
    /// Points each edge runs through, ends included.
    pub routes: Vec<Vec<(f32, f32)>>,
    /// Width of the whole.
    pub width: f32,
    /// Height of the whole.
    pub height: f32,
}

/// Something that takes room in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    Node(usize),
    /// An edge on its way through.
    Passing(usize),
}

const fn column_of(kind: NodeKind) -> usize {
    match kind {
        NodeKind::Place | NodeKind::Figure => 0,
        NodeKind::Event | NodeKind::PossibleEvent => 1,
        NodeKind::Person | NodeKind::Thing => 2,
        NodeKind::Organisation => 3,
    }
}

/// Lays a view out.
pub(super) fn lay_out(view: &GraphView) -> Layout {
    let mut columns: Vec<usize> = view.nodes.iter().map(|n| column_of(n.kind)).collect();
    let mut used: Vec<usize> = columns.clone();
    used.sort_unstable();
    used.dedup();
    for c in &mut columns {
        *c = used.binary_search(c).unwrap_or(0);
    }
    let mut items: Vec<Item> = (0..view.nodes.len()).map(Item::Node).collect();
    let mut column: Vec<usize> = columns.clone();
    // Links between items of neighbouring columns, and the chain of items each edge runs through.
    let mut chains: Vec<Vec<usize>> = Vec::with_capacity(view.edges.len());
    for (e, edge) in view.edges.iter().enumerate() {
        let (from, to) = (columns[edge.from], columns[edge.to]);
        let mut chain = vec![edge.from];
        let between: Vec<usize> = if from < to {
            (from + 1..to).collect()
        } else {
            (to + 1..from).rev().collect()
        };
        for c in between {
            chain.push(items.len());
            items.push(Item::Passing(e));
            column.push(c);
        }
        chain.push(edge.to);
        chains.push(chain);
    }
    let mut links: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for chain in &chains {
        for pair in chain.windows(2) {
            links[pair[0]].push(pair[1]);
            links[pair[1]].push(pair[0]);
        }
    }
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); used.len()];
    for (i, &c) in column.iter().enumerate() {
        rows[c].push(i);
    }
    let mut boxes = boxes(view, &columns, &chains);
    let heights: Vec<f32> = items
        .iter()
        .map(|item| match item {
            Item::Node(n) => boxes[*n].height + BETWEEN,
            Item::Passing(_) => PASSING,
        })
        .collect();
    order(view, &mut rows, &links);
    let y = heights_of(&rows, &links, &heights);
    let least = y
        .iter()
        .zip(&heights)
        .map(|(y, h)| y - h / 2.0)
        .fold(f32::MAX, f32::min);
    for (placed, y) in boxes.iter_mut().zip(&y) {
        placed.y = y - least;
        placed.x = placed.column as f32 * (WIDTH + GAP);
    }
    let height = y
        .iter()
        .zip(&heights)
        .map(|(y, h)| y + h / 2.0 - least)
        .fold(0.0, f32::max);
    let routes = routes(view, &boxes, &chains, &column, |i| y[i] - least);
    Layout {
        boxes,
        routes,
        width: used.len().max(1) as f32 * (WIDTH + GAP) - GAP,
        height,
    }
}

/// Boxes with their text, high enough for the edges at their sides.
fn boxes(view: &GraphView, columns: &[usize], chains: &[Vec<usize>]) -> Vec<Placed> {
    let mut ports = vec![[0usize; 2]; view.nodes.len()];
    for (edge, chain) in view.edges.iter().zip(chains) {
        let (a, b) = (columns[edge.from], columns[edge.to]);
        let sides = match a.cmp(&b) {
            std::cmp::Ordering::Less => (1, 0),
            std::cmp::Ordering::Greater => (0, 1),
            std::cmp::Ordering::Equal => (1, 1),
        };
        ports[edge.from][sides.0] += 1;
        ports[edge.to][sides.1] += 1;
        debug_assert!(chain.len() >= 2, "an edge has two ends");
    }
    view.nodes
        .iter()
        .enumerate()
        .map(|(i, node)| {
            let lines = wrap(&node.label, CHARACTERS, 4);
            let detail = if node.kind.is_event() && view.layout == Order::Time {
                vec![time_of(node)]
            } else if node.kind.is_event() {
                Vec::new()
            } else {
                wrap(&node.detail, CHARACTERS + 4, 2)
            };
            let text = (lines.len() + detail.len()) as f32 * LINE + 12.0;
            let sides = ports[i][0].max(ports[i][1]) as f32 * PORT + 4.0;
            Placed {
                lines,
                detail,
                x: 0.0,
                y: 0.0,
                height: text.max(sides),
                column: columns[i],
            }
        })
        .collect()
}

/// Orders the columns so that linked items face each other; starts from connected parts and time.
fn order(view: &GraphView, rows: &mut [Vec<usize>], links: &[Vec<usize>]) {
    let parts = view.parts();
    let size = parts.iter().fold(BTreeMap::new(), |mut all, p| {
        *all.entry(*p).or_insert(0usize) += 1;
        all
    });
    let part = |i: usize| {
        // A passing point belongs to the part of what it links.
        let mut at = i;
        while at >= parts.len() {
            at = links[at].iter().copied().min().unwrap_or(0);
        }
        parts[at]
    };
    let when = |i: usize| view.nodes.get(i).and_then(|n| n.begins.clone());
    for row in rows.iter_mut() {
        row.sort_by_cached_key(|&i| {
            let p = part(i);
            (
                std::cmp::Reverse(size.get(&p).copied().unwrap_or(0)),
                p,
                when(i).is_none(),
                when(i),
                i,
            )
        });
    }
    // In the order of time, the column of events stays as time orders it.
    let fixed = (view.layout == Order::Time)
        .then(|| {
            let event = |i: &usize| view.nodes.get(*i).is_some_and(|n| n.kind.is_event());
            rows.iter().position(|row| row.iter().any(event))
        })
        .flatten();
    if let Some(column) = fixed {
        rows[column].sort_by_cached_key(|&i| {
            let node = view.nodes.get(i);
            let ends = node.and_then(|n| n.ends.clone());
            (when(i).is_none(), when(i), ends, i)
        });
    }
    let mut position = vec![0.0f32; links.len()];
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for sweep in 0..SWEEPS {
        for row in rows.iter() {
            for (n, &i) in row.iter().enumerate() {
                position[i] = n as f32 / row.len().max(1) as f32;
            }
        }
        let count = crossings(rows, links);
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, rows.to_vec()));
        }
        let order: Vec<usize> = if sweep % 2 == 0 {
            (0..rows.len()).collect()
        } else {
            (0..rows.len()).rev().collect()
        };
        for c in order.into_iter().filter(|c| Some(*c) != fixed) {
            let key: BTreeMap<usize, f32> = rows[c]
                .iter()
                .map(|&i| {
                    let around = &links[i];
                    let mean = if around.is_empty() {
                        position[i]
                    } else {
                        around.iter().map(|&j| position[j]).sum::<f32>() / around.len() as f32
                    };
                    (i, mean)
                })
                .collect();
            rows[c].sort_by(|a, b| key[a].total_cmp(&key[b]).then(a.cmp(b)));
            let length = rows[c].len().max(1) as f32;
            for (n, &i) in rows[c].iter().enumerate() {
                position[i] = n as f32 / length;
            }
        }
    }
    if let Some((_, best)) = best {
        rows.clone_from_slice(&best);
    }
}

/// Crossings of links between neighbouring columns.
fn crossings(rows: &[Vec<usize>], links: &[Vec<usize>]) -> usize {
    let mut place: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (c, row) in rows.iter().enumerate() {
        for (n, &i) in row.iter().enumerate() {
            place.insert(i, (c, n));
        }
    }
    let mut count = 0;
    for (c, row) in rows.iter().enumerate() {
        let pairs: Vec<(usize, usize)> = row
            .iter()
            .enumerate()
            .flat_map(|(n, &i)| {
                let place = &place;
                links[i].iter().filter_map(move |j| {
                    let &(other, m) = place.get(j)?;
                    (other == c + 1).then_some((n, m))
                })
            })
            .collect();
        for (k, a) in pairs.iter().enumerate() {
            count += pairs[k + 1..]
                .iter()
                .filter(|b| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1))
                .count();
        }
    }
    count
}

/// Heights of all items: near the mean of their neighbours, in order, without overlap.
fn heights_of(rows: &[Vec<usize>], links: &[Vec<usize>], heights: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0f32; heights.len()];
    for row in rows {
        let total: f32 = row.iter().map(|&i| heights[i]).sum();
        let mut at = -total / 2.0;
        for &i in row {
            y[i] = at + heights[i] / 2.0;
            at += heights[i];
        }
    }
    for sweep in 0..SWEEPS {
        let order: Vec<usize> = if sweep % 2 == 0 {
            (0..rows.len()).collect()
        } else {
            (0..rows.len()).rev().collect()
        };
        for c in order {
            let row = &rows[c];
            let wish: Vec<f32> = row
                .iter()
                .map(|&i| {
                    let around = &links[i];
                    if around.is_empty() {
                        y[i]
                    } else {
                        around.iter().map(|&j| y[j]).sum::<f32>() / around.len() as f32
                    }
                })
                .collect();
            let sizes: Vec<f32> = row.iter().map(|&i| heights[i]).collect();
            for (&i, at) in row.iter().zip(in_order(&wish, &sizes)) {
                y[i] = at;
            }
        }
    }
    y
}

/// Middles as near to the wishes as possible (least squares), in order and apart by half the sizes of both.
fn in_order(wish: &[f32], sizes: &[f32]) -> Vec<f32> {
    let mut offset = Vec::with_capacity(wish.len());
    let mut at = 0.0;
    for (i, size) in sizes.iter().enumerate() {
        if i > 0 {
            at += f32::midpoint(sizes[i - 1], *size);
        }
        offset.push(at);
    }
    // Pools of neighbours that share one shift.
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for (w, o) in wish.iter().zip(&offset) {
        pools.push((w - o, 1));
        while let [.., a, b] = pools[..] {
            if a.0 <= b.0 {
                break;
            }
            let n = a.1 + b.1;
            let mean = (a.0 * a.1 as f32 + b.0 * b.1 as f32) / n as f32;
            pools.truncate(pools.len() - 2);
            pools.push((mean, n));
        }
    }
    pools
        .iter()
        .flat_map(|&(shift, n)| std::iter::repeat_n(shift, n))
        .zip(offset)
        .map(|(shift, o)| shift + o)
        .collect()
}

/// The points each edge runs through; the ends spread over the sides of their boxes in the order of where they lead.
fn routes(
    view: &GraphView,
    boxes: &[Placed],
    chains: &[Vec<usize>],
    column: &[usize],
    y: impl Fn(usize) -> f32,
) -> Vec<Vec<(f32, f32)>> {
    // (node, side) → (where it leads, edge, whether it is the edge's start)
    let mut sides: BTreeMap<(usize, usize), Vec<(f32, usize, bool)>> = BTreeMap::new();
    for (e, chain) in chains.iter().enumerate() {
        let (first, second) = (chain[0], chain[1]);
        let (last, before) = (chain[chain.len() - 1], chain[chain.len() - 2]);
        let side = |at: usize, next: usize| usize::from(column[next] >= column[at]);
        sides
            .entry((first, side(first, second)))
            .or_default()
            .push((y(second), e, true));
        sides
            .entry((last, side(last, before)))
            .or_default()
            .push((y(before), e, false));
    }
    let mut ends: BTreeMap<(usize, bool), (f32, f32)> = BTreeMap::new();
    for ((node, side), mut ports) in sides {
        ports.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let placed = &boxes[node];
        let room = (placed.height - 8.0).max(0.0);
        let step = (room / ports.len() as f32).min(PORT * 1.6);
        let x = placed.x + side as f32 * WIDTH;
        for (n, (_, e, start)) in ports.iter().enumerate() {
            let shift = (n as f32 - (ports.len() - 1) as f32 / 2.0) * step;
            ends.insert((*e, *start), (x, placed.y + shift));
        }
    }
    chains
        .iter()
        .enumerate()
        .map(|(e, chain)| {
            let end = |start| ends.get(&(e, start)).copied().unwrap_or((0.0, 0.0));
            let mut points = vec![end(true)];
            let rightwards = column[chain[0]] < column[chain[chain.len() - 1]];
            for &i in &chain[1..chain.len() - 1] {
                let left = column[i] as f32 * (WIDTH + GAP);
                let (near, far) = if rightwards {
                    (left, left + WIDTH)
                } else {
                    (left + WIDTH, left)
                };
                points.push((near, y(i)));
                points.push((far, y(i)));
            }
            points.push(end(false));
            debug_assert!(view.edges.len() > e, "a chain belongs to an edge");
            points
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn boxes_of_a_column_do_not_overlap() {
        let view = harbour();
        let layout = lay_out(&view);
        for (i, a) in layout.boxes.iter().enumerate() {
            for b in &layout.boxes[i + 1..] {
                assert!(
                    a.column != b.column
                        || (a.y - b.y).abs() + 0.01 >= f32::midpoint(a.height, b.height),
                    "{:?} on {:?}",
                    a.lines,
                    b.lines
                );
            }
        }
        assert_eq!(layout.routes.len(), view.edges.len());
    }

    #[test]
    fn order_holds_and_wishes_are_met_where_free() {
        assert_eq!(in_order(&[0.0, 100.0], &[10.0, 10.0]), [0.0, 100.0]);
        assert_eq!(in_order(&[50.0, 50.0], &[10.0, 10.0]), [45.0, 55.0]);
        assert_eq!(in_order(&[], &[]), [0.0f32; 0]);
    }
}
