// Answers: the list and its filters, a person, what others told, replies,
// coming in and posts; whole without script.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, open, phone, run, shoot, sql, test, url,
	wide }
	from './anpi.mjs'

const id = 17401
const list = `/broadcasts/${id}/answers`

// A check that asked 150 people; 60 have answered, the seventh by others, the
// eighth by both, and the ninth reported unasked.
function make() {
	if (sql(`SELECT COUNT(*) FROM broadcast WHERE id = ${id}`) !== '0')
		return
	// At once, as enqueue does it: a tool counts meanwhile.
	sql(`START TRANSACTION;
		INSERT INTO broadcast (id, kind, subject, body, state, made_at,
			confirmed_at, enqueued_to, recipients)
			VALUES (${id}, 'safety', '【安否確認】石川県 最大震度7', '',
			'sent', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 1000000, 150);
		INSERT INTO delivery (broadcast) VALUES (${id});
		INSERT INTO question (id, broadcast, place, text) VALUES
			(${id}1, ${id}, 1, '安否'), (${id}2, ${id}, 2, '登庁'),
			(${id}3, ${id}, 3, '登庁までの時間');
		INSERT INTO choice (id, question, place, mark, text, coming,
			minutes) VALUES
			(${id}11, ${id}1, 1, 'good', '無事', '', 0),
			(${id}12, ${id}1, 2, 'warn', '軽傷', '', 0),
			(${id}13, ${id}1, 3, 'bad', '重傷', '', 0),
			(${id}21, ${id}2, 1, 'good', 'できる', 'yes', 30),
			(${id}22, ${id}2, 2, 'warn', '時間がかかる', 'yes', 0),
			(${id}23, ${id}2, 3, 'bad', 'できない', 'no', 0),
			(${id}31, ${id}3, 1, '', '3時間以内', 'time', 180),
			(${id}32, ${id}3, 2, '', '12時間以内', 'time', 720);
		INSERT INTO recipient (broadcast, user, why)
			SELECT ${id}, id, 'all' FROM user WHERE id <= 150;
		INSERT INTO answer (broadcast, user, at, channel, choices, comment)
			SELECT ${id}, id, UTC_TIMESTAMP(6), 'link',
			CASE id % 5 WHEN 0 THEN '${id}12,${id}23'
				WHEN 1 THEN '${id}11,${id}21'
				WHEN 2 THEN '${id}11,${id}22,${id}31'
				ELSE '${id}11,${id}22,${id}32' END,
			IF(id % 7 = 0, '電車が止まっています。家族も無事です。', '')
			FROM user WHERE id <= 60 AND id NOT IN (7, 9);
		INSERT INTO answer (broadcast, user, at, channel, choices, comment)
			SELECT ${id}, id, UTC_TIMESTAMP(6) + INTERVAL 1 SECOND,
			'proxy', '${id}13', '病院に運ばれたと聞きました'
			FROM user WHERE id IN (7, 8);
		INSERT INTO proxy SELECT broadcast, user, at, 'family', 'phone',
			'likely', (SELECT MIN(id) FROM account), RANDOM_BYTES(16)
			FROM answer WHERE broadcast = ${id} AND channel = 'proxy';
		INSERT INTO self_report (user, at, safety, coming) VALUES
			(9, UTC_TIMESTAMP(6), 'slight', 'later');
		INSERT INTO post (grp, name, needed, within)
			SELECT MIN(m.grp), '画面の試験 災害対策本部 連絡班', 2, 3
			FROM grp_member m WHERE m.user = 101;
		INSERT INTO post_person SELECT LAST_INSERT_ID(), id, id > 101
			FROM user WHERE id IN (101, 102, 103);
		INSERT INTO post (grp, name, needed, within)
			SELECT MIN(m.grp), '画面の試験 庁舎管理', 1, 1
			FROM grp_member m WHERE m.user = 1;
		INSERT INTO post_person SELECT LAST_INSERT_ID(), 1, FALSE;
		COMMIT`)
}

function folded() {
	return sql(`SELECT COUNT(*) FROM answer WHERE broadcast = ${id}
		AND folded = FALSE`) === '0'
}

async function counted() {
	for (let i = 0; i < 600 && !folded(); i++)
		await new Promise(done => setTimeout(done, 100))
	assert.ok(folded(), 'answers are counted')
}

test('from a number on the dashboard to the people, and back', async page => {
	make()
	await counted()
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${id}`)
	await isGood(page)
	await page.locator('.unanswered .big a').click()
	await page.getByRole('heading', { name: '回答', exact: true }).waitFor()
	assert.match(page.url(), /filter=unanswered/)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'answers')
	// On a phone the people are under the thumb at once, past the filter.
	await page.goBack()
	await page.setViewportSize(phone)
	await page.locator('.unanswered .big a').click()
	await page.locator('#list').waitFor()
	await page.waitForFunction(() => document.querySelector('#list')
		.getBoundingClientRect().top < innerHeight / 2)
	await page.setViewportSize(wide)
	await page.getByRole('link', { name: '回答の状況に戻る' }).click()
	await page.locator('.unanswered .big a').waitFor()
	await page.getByRole('link', { name: /食い違い/ }).click()
	await page.getByRole('heading', { name: '回答', exact: true }).waitFor()
	await page.getByText('1 人中 1 人を表示').waitFor()
	await isGood(page)
	await shoot(page, 'answers-conflict')
})

test('a filter stays on the way to a person and back', async page => {
	await logIn(page, 'system_admin')
	await open(page, list)
	await page.getByLabel('コメントの中の言葉').fill('電車')
	await page.getByLabel('回答', { exact: true })
		.selectOption({ label: await page.locator(
			'#f-choice option', { hasText: '無事' }).innerText() })
	await page.getByRole('button', { name: 'しぼり込む' }).click()
	await page.locator('tbody th a').first().waitFor()
	const before = page.url()
	await page.locator('tbody th a').first().click()
	await page.getByRole('link', { name: '一覧に戻る' }).click()
	await page.locator('tbody th a').first().waitFor()
	assert.equal(new URL(page.url()).searchParams.get('comment'), '電車')
	assert.equal(new URL(page.url()).searchParams.get('choice'),
		new URL(before).searchParams.get('choice'))
	// From a line of the list to a reply, in one press.
	await page.getByRole('link', { name: /^返信 ?（/ }).first().click()
	await page.getByRole('textbox', { name: /^返信/ }).waitFor()
	assert.ok(await page.getByRole('textbox', { name: /^返信/ })
		.evaluate(e => e.getBoundingClientRect().top < innerHeight))
	await isGood(page)
	await shoot(page, 'answer-reply')
	await page.getByRole('link', { name: '一覧に戻る' }).click()
	await page.getByRole('link', { name: 'しぼり込みをやめる' }).click()
	await page.getByText('150 人中 100 人を表示').waitFor()
	await page.getByRole('link', { name: '次のページ' }).click()
	await page.getByText('150 人中 50 人を表示').waitFor()
	await isGood(page)
})

test('what others told is entered', async page => {
	await logIn(page, 'system_admin')
	await open(page, `${list}/120?filter=unanswered`)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'answer')
	await page.getByRole('button', { name: '代理回答として記録する' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	await page.getByRole('radio', { name: /軽傷/ }).check()
	await page.getByRole('radio', { name: '同僚' }).check()
	await page.getByRole('radio', { name: '電話' }).check()
	await page.getByRole('radio', { name: '確か', exact: true }).check()
	await page.getByRole('button', { name: '代理回答として記録する' }).click()
	await page.getByText('聞いた内容を記録しました').waitFor()
	await page.getByText(/同僚から電話で、確か/).first().waitFor()
	await isGood(page)
	await shoot(page, 'answer-proxy')
})

test('a conflict is seen and settled', async page => {
	await logIn(page, 'system_admin')
	await open(page, `${list}/8?filter=conflict`)
	await page.getByText('食い違っています').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'answer-conflict')
	await page.getByRole('button', { name: /内容を確認した/ }).click()
	await page.getByText('確認済みにしました').waitFor()
	assert.equal(await page.getByText('食い違っています').count(), 0)
})

test('a reply to all of the same answer', async page => {
	await logIn(page, 'system_admin')
	await open(page, `${list}?choice=${id}12`)
	await page.getByRole('link', { name: /人に返信する/ }).click()
	await page.getByRole('heading', { name: '回答への返信' }).waitFor()
	const count = await page.locator('.figure').innerText()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'reply')
	await page.getByRole('textbox', { name: /^返信/ }).fill('治療を優先してください。')
	await page.getByRole('button', { name: /人に返信する/ }).click()
	await page.getByRole('alert').waitFor()
	assert.equal(await page.getByRole('textbox', { name: /^返信/ }).inputValue(),
		'治療を優先してください。')
	await page.locator('#f-expected').fill(count)
	await page.getByRole('button', { name: /人に返信する/ }).click()
	await page.getByText('返信を送りました').waitFor()
	assert.equal(sql(`SELECT expected FROM broadcast
		WHERE reply_of = ${id}`), count)
})

test('self-reports', async page => {
	const name = sql('SELECT name FROM user WHERE id = 9')

	await logIn(page, 'system_admin')
	await open(page, '/')
	await isGood(page)
	await shoot(page, 'dashboard_reports')
	await page.getByRole('link', { name: /^自主報告 .*人$/ }).click()
	await page.getByRole('heading', { name: '自主報告' }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'reports')
	await page.getByLabel('安否', { exact: true }).selectOption('slight')
	await page.getByRole('button', { name: '探す' }).click()
	await page.getByRole('link', { name }).click()
	await page.getByRole('heading', { name: '自主報告' }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'user_reports')
})

test('coming in', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/broadcasts/${id}/coming`)
	await page.getByRole('heading', { name: '人が足りない持ち場' }).waitFor()
	await page.getByText('だれもいない').first().waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'coming')
	await page.locator('#f-expected').fill('1')
	await page.getByRole('button', { name: /人に頼む/ }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
})

test('posts', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/posts?text=' + encodeURIComponent('画面の試験'))
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'posts')
	await page.getByRole('link', { name: /連絡班/ }).click()
	await page.getByRole('heading', { name: /連絡班/ }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'post')
	await page.getByLabel(/^必要な人数/).fill('x')
	await page.getByRole('button', { name: '保存する' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	await page.getByLabel(/^必要な人数/).fill('３')
	await page.getByRole('button', { name: '保存する' }).click()
	await page.getByText('保存しました').waitFor()
	assert.equal(new URL(page.url()).origin, url)
})

await run()
