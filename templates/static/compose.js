/*
 * While a broadcast is being written: counts whom it reaches, and keeps the
 * draft.  Without script one presses the buttons for that.
 */
'use strict';

(function () {
	const form = document.getElementById('compose');
	const countAfter = 400, saveAfter = 2000; // milliseconds without input
	const named = id => document.getElementById(id);
	let countTimer, saveTimer, saving = false, dirty = false;
	let leaving = false, conflict = false, asked = 0;

	if (!form)
		return;

	function body() {
		const fields = new URLSearchParams();

		for (const [name, value] of new FormData(form))
			fields.append(name, value);
		return fields;
	}

	async function post(path, fields, keepalive) {
		const reply = await fetch(path, { method: 'POST', body: fields,
			credentials: 'same-origin', redirect: 'error',
			keepalive });

		if (!reply.ok)
			throw new Error(reply.status);
		return reply.json();
	}

	function showCount(c) {
		named('reach-people').textContent =
			c.people.toLocaleString('ja-JP');
		named('reach-most').hidden = !c.most;
		named('reach-first').textContent = c.first.join('　') +
			(c.people > c.first.length ? '　など' : '');
		named('reach-last').textContent = c.people > 0 && c.last_mail ?
			`最後の1通まで ${c.last_mail}` : '';
	}

	// Of two answers that cross, the later question's counts.
	async function count() {
		const mine = ++asked;

		try {
			const c = await post('/broadcasts/new/count', body());

			if (mine === asked)
				showCount(c);
		} catch (e) {
			if (mine === asked)
				named('reach-people').textContent = '―';
		}
	}

	async function save() {
		clearTimeout(saveTimer);
		if (saving || leaving || conflict || !dirty)
			return;
		saving = true;
		dirty = false;
		try {
			const d = await post('/broadcasts/new/save', body());

			if (d.conflict) {
				conflict = true;
				named('reach-conflict').hidden = false;
				named('reach-saved').textContent = '';
			} else {
				form.elements.draft.value = d.draft;
				form.elements.version.value = d.version;
				named('reach-saved').textContent =
					`${d.saved} 下書きに保存しました`;
			}
		} catch (e) {
			dirty = true;
			named('reach-saved').textContent =
				'下書きをまだ保存できていません';
			later();
		}
		saving = false;
		if (dirty)
			later();
	}

	function later() {
		clearTimeout(saveTimer);
		saveTimer = setTimeout(save, saveAfter);
	}

	form.addEventListener('input', e => {
		dirty = true;
		later();
		if (/^(all|group|region|people|earlier|chose|(un)?answered|not_)/
			.test(e.target.name)) {
			clearTimeout(countTimer);
			countTimer = setTimeout(count, countAfter);
		}
	});
	// What a button does keeps the draft, or sends it.
	form.addEventListener('submit', () => {
		leaving = true;
	});
	window.addEventListener('pagehide', () => {
		if (dirty && !leaving && !conflict && !saving)
			navigator.sendBeacon('/broadcasts/new/save', body());
	});
	window.addEventListener('pageshow', () => {
		leaving = false;
	});

	// A filter over the groups, which may be hundreds.
	for (const list of form.querySelectorAll('.scrolls')) {
		const box = document.createElement('input');
		const label = document.createElement('label');

		box.type = 'search';
		box.id = `${list.id}-search`;
		label.htmlFor = box.id;
		label.textContent = 'グループを名前で探す';
		label.className = 'note';
		box.addEventListener('keydown', e => {
			if (e.key === 'Enter')
				e.preventDefault();
		});
		box.addEventListener('input', e => {
			e.stopPropagation();
			for (const one of list.querySelectorAll('.choice'))
				one.hidden = !one.querySelector('input').checked &&
					!one.textContent.includes(box.value);
		});
		list.before(label, box);
	}

	named('reach').hidden = false;
	form.classList.add('counted');
	count();
}());
